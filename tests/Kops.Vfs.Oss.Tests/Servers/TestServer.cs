using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Server;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(TestServer))]

namespace Kops.Vfs.Oss.Tests.Servers;

/// <summary>The server that all tests of this project share.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private const string AddressVariable = "KOPS_TEST_OSS";
    private static int s_buckets;

    /// <summary>A key that may only read.</summary>
    public static OssAccount Reader { get; } = new("LTAI-reader", "reader-secret-11c0");

    private static OssServerOptions ServerOptions { get; } = new() { Readers = [Reader] };

    /// <summary>The times of the lock for a server that answers at once.</summary>
    public static LockOptions Quick { get; } =
        new()
        {
            Settle = TimeSpan.FromMilliseconds(200),
            Poll = TimeSpan.FromMilliseconds(25),
            Linger = TimeSpan.FromMilliseconds(50),
            Lease = TimeSpan.FromSeconds(20),
        };

    /// <summary>The server.</summary>
    public OssServer Server { get; private set; } = null!;

    /// <summary>Options for the owner's key.</summary>
    public OssOptions Options => OptionsOf(Server.Address);

    /// <summary>What another process needs for <see cref="FromEnvironment"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [AddressVariable] = Server.Address.AbsoluteUri };

    /// <summary>Options for the server of the process that started this one.</summary>
    public static OssOptions FromEnvironment() => OptionsOf(new Uri(System.Environment.GetEnvironmentVariable(AddressVariable)!));

    public async ValueTask InitializeAsync() => Server = await OssServer.StartAsync(ServerOptions);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Makes an empty bucket.</summary>
    public string CreateBucket(bool versioning = false)
    {
        var bucket = $"kops-{Interlocked.Increment(ref s_buckets)}";
        Server.CreateBucket(bucket, versioning);
        return bucket;
    }

    /// <summary>A driver of a bucket, in its lock.</summary>
    public LockLayer Open(string bucket, Func<OssOptions, OssOptions>? change = null) =>
        OssStores.Open(bucket, "oss://" + bucket, change is null ? Options : change(Options), TimeProvider.System);

    /// <summary>A driver without the lock, as another program would write.</summary>
    public OssStoreDriver OpenBare(string bucket, Func<OssOptions, OssOptions>? change = null) =>
        new(bucket, "oss://" + bucket, change is null ? Options : change(Options), TimeProvider.System);

    private static OssOptions OptionsOf(Uri address) =>
        new()
        {
            Endpoint = address,
            Region = ServerOptions.Region,
            PathStyle = true,
            AccessKey = new OssAccessKey(ServerOptions.Owner.Id, ServerOptions.Owner.Secret),
            RetryDelay = TimeSpan.FromMilliseconds(5),
            Lock = Quick,
        };
}
