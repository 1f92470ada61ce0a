using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace Kops.Vfs.S3.Tests.Servers;

/// <summary>
/// The S3 server that all tests of this project share: Ceph, started by <c>eng/servers/ceph.sh</c>; or, where <c>KOPS_TEST_S3_ENDPOINT</c> is
/// set, that one, with the keys in <c>KOPS_TEST_S3_ACCESS_KEY_ID</c> and <c>KOPS_TEST_S3_SECRET_ACCESS_KEY</c>.
/// </summary>
public sealed class S3Server : IAsyncLifetime
{
    private static int s_buckets;
    private ServerScript? _script;
    private string? _reason;
    private AmazonS3Client? _admin;
    private S3Options? _options;

    /// <summary>Options for the user who owns the buckets.</summary>
    public S3Options Options
    {
        get
        {
            Assert.SkipWhen(_options is null, _reason ?? "no S3 server");
            return _options!;
        }
    }

    /// <summary>The key of a user who may do nothing in these buckets; null on a server that is not ours.</summary>
    public S3AccessKey? OtherKey { get; private set; }

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
        var values = Environment.GetEnvironmentVariable("KOPS_TEST_S3_ENDPOINT") is { Length: > 0 } endpoint
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["S3_ENDPOINT"] = endpoint,
                ["S3_ACCESS_KEY_ID"] = Environment.GetEnvironmentVariable("KOPS_TEST_S3_ACCESS_KEY_ID") ?? string.Empty,
                ["S3_SECRET_ACCESS_KEY"] = Environment.GetEnvironmentVariable("KOPS_TEST_S3_SECRET_ACCESS_KEY") ?? string.Empty,
            }
            : await StartAsync();
        if (values is null) return;
        _options = S3Presets.Compatible with
        {
            Endpoint = new Uri(values["S3_ENDPOINT"]),
            AccessKey = new S3AccessKey(values["S3_ACCESS_KEY_ID"], values["S3_SECRET_ACCESS_KEY"]),
            Encryption = S3Encryption.None,
        };
        if (values.TryGetValue("OTHER_ACCESS_KEY_ID", out var other)) OtherKey = new S3AccessKey(other, values["OTHER_SECRET_ACCESS_KEY"]);
        _admin = new AmazonS3Client(
            new BasicAWSCredentials(_options.AccessKey!.Id, _options.AccessKey.Secret),
            new AmazonS3Config { ServiceURL = values["S3_ENDPOINT"], ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        if (_script is not null) await _script.DisposeAsync();
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

    private async Task<IReadOnlyDictionary<string, string>?> StartAsync()
    {
        (_script, _reason) = await ServerScript.StartAsync("ceph");
        return _script?.Values;
    }
}
