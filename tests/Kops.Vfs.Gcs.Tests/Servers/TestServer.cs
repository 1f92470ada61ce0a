using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Gcs.Server.Identity;
using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Kops.Vfs.Gcs.Tests.Servers;

/// <summary>The server that all tests of this project share.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private const string AddressVariable = "KOPS_TEST_GCS_ADDRESS";
    private const string KeyFileVariable = "KOPS_TEST_GCS_KEY_FILE";
    private static int s_buckets;
    private string? _keyFile;

    /// <summary>The server.</summary>
    public GcsServer Server { get; private set; } = null!;

    /// <summary>Options for the account that owns the buckets, with its key.</summary>
    public GcsOptions Options =>
        new()
        {
            Endpoint = Server.Address,
            CredentialsFile = _keyFile,
            RetryDelay = TimeSpan.FromMilliseconds(10),
        };

    /// <summary>What another process needs for <see cref="FromEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AddressVariable] = Server.Address.AbsoluteUri,
            [KeyFileVariable] = _keyFile!,
        };

    /// <summary>Options for the server of the process that started this one.</summary>
    public static GcsOptions FromEnvironment() =>
        new()
        {
            Endpoint = new Uri(System.Environment.GetEnvironmentVariable(AddressVariable)!),
            CredentialsFile = System.Environment.GetEnvironmentVariable(KeyFileVariable),
        };

    public async ValueTask InitializeAsync()
    {
        Server = await GcsServer.StartAsync(new GcsServerOptions());
        _keyFile = Write(Server.Accounts.Owner.KeyFile(Server.Address));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Makes an empty bucket.</summary>
    public string CreateBucket(BucketOptions? options = null)
    {
        var bucket = $"kops-{Interlocked.Increment(ref s_buckets)}";
        Server.CreateBucket(bucket, options);
        return bucket;
    }

    /// <summary>A driver of a bucket.</summary>
    public GcsStoreDriver Open(string bucket, Func<GcsOptions, GcsOptions>? change = null) =>
        new(bucket, "gs://" + bucket, change is null ? Options : change(Options), TimeProvider.System);

    /// <summary>Writes a file that goes away with the server.</summary>
    public string Write(string text)
    {
        var file = Path.Combine(Server.Directory, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(file, text);
        return file;
    }
}
