using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;
using S3Encryption = Kops.Vfs.S3.Configuration.S3Encryption;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace Kops.Vfs.S3.Tests.Servers;

/// <summary>
/// The S3 server that all tests of this project share: Ceph, started by <c>eng/servers/ceph.sh </c>; or, where <c>KOPS_TEST_S3_ENDPOINT
/// </c> is
/// set, that one, with the keys in <c>KOPS_TEST_S3_ACCESS_KEY_ID</c> and <c>KOPS_TEST_S3_SECRET_ACCESS_KEY</c>.
/// </summary>
public sealed class S3Server : IAsyncLifetime
{
    internal const string EndpointVariable = "KOPS_TEST_S3_ENDPOINT";
    internal const string AccessKeyVariable = "KOPS_TEST_S3_ACCESS_KEY_ID";
    internal const string SecretKeyVariable = "KOPS_TEST_S3_SECRET_ACCESS_KEY";
    private static int s_buckets;
    private ServerScript? _script;
    private string? _reason;
    private AmazonS3Client? _admin;
    private S3Options? _options;
    private S3AccessKey? _otherKey;

    /// <summary>Options for the user who owns the buckets.</summary>
    public S3Options Options
    {
        get
        {
            Assert.SkipWhen(_options is null, _reason ?? "no S3 server");
            return _options!;
        }
    }

    /// <summary>The key of a user who may do nothing in these buckets; a server that is not ours has none, which skips the test.</summary>
    public S3AccessKey OtherKey
    {
        get
        {
            _ = Options;
            Assert.SkipWhen(_otherKey is null, "this server has no second user");
            return _otherKey!;
        }
    }

    /// <summary>The SDK's own client, to set the scene and to check from outside.</summary>
    public AmazonS3Client Admin
    {
        get
        {
            _ = Options;
            return _admin!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _options = FromEnvironment() ?? await StartAsync();
        if (_options is null)
            return;
        _admin = new AmazonS3Client(
            new BasicAWSCredentials(_options.AccessKey!.Id, _options.AccessKey.Secret),
            new AmazonS3Config
            {
                ServiceURL = _options.Endpoint!.AbsoluteUri,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        if (_script is not null)
            await _script.DisposeAsync();
    }

    /// <summary>Makes an empty bucket.</summary>
    public async Task<string> CreateBucketAsync(CancellationToken cancellationToken)
    {
        var bucket = $"kops-{Environment.ProcessId}-{Interlocked.Increment(ref s_buckets)}";
        await Admin.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, cancellationToken);
        return bucket;
    }

    /// <summary>A driver of a bucket.</summary>
    public S3StoreDriver Open(string bucket, Func<S3Options, S3Options>? change = null) =>
        new(bucket, "s3://" + bucket, change is null ? Options : change(Options), TimeProvider.System);

    /// <summary>The server that the environment names; null for none.</summary>
    internal static S3Options? FromEnvironment() =>
        Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } endpoint
            ? OptionsOf(
                endpoint,
                Environment.GetEnvironmentVariable(AccessKeyVariable) ?? string.Empty,
                Environment.GetEnvironmentVariable(SecretKeyVariable) ?? string.Empty
            )
            : null;

    private static S3Options OptionsOf(string endpoint, string id, string secret) =>
        S3Presets.Compatible with
        {
            Endpoint = new Uri(endpoint),
            AccessKey = new S3AccessKey(id, secret),
            Encryption = S3Encryption.None,
        };

    private async Task<S3Options?> StartAsync()
    {
        (_script, _reason) = await ServerScript.StartAsync("ceph");
        if (_script is not { Values: var values })
            return null;
        _otherKey = new S3AccessKey(values["OTHER_ACCESS_KEY_ID"], values["OTHER_SECRET_ACCESS_KEY"]);
        return OptionsOf(values["S3_ENDPOINT"], values["S3_ACCESS_KEY_ID"], values["S3_SECRET_ACCESS_KEY"]);
    }
}
