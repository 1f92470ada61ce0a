using System.Collections.Concurrent;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Server;
using Kops.Vfs.Oss.Tests.Others;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(OtherServers))]

namespace Kops.Vfs.Oss.Tests.Others;

/// <summary>Servers that speak as OSS and are otherwise, one for each set of quirks.</summary>
public sealed class OtherServers : IAsyncDisposable
{
    private static int s_buckets;
    private readonly ConcurrentDictionary<OssQuirks, Lazy<Task<OssServer>>> _servers = new();

    /// <summary>Makes an empty bucket on a server.</summary>
    public async Task<(string Bucket, OssServer Server)> CreateBucketAsync(OssQuirks quirks)
    {
        var server = await _servers.GetOrAdd(quirks, _ => new(() => OssServer.StartAsync(new OssServerOptions { Quirks = quirks }))).Value;
        var bucket = $"kops-other-{Interlocked.Increment(ref s_buckets)}";
        server.CreateBucket(bucket);
        return (bucket, server);
    }

    /// <summary>A driver of a bucket in its lock, as the program opens an address that is not OSS' own.</summary>
    public static LockLayer Open(string bucket, OssServer server) =>
        OssStores.Open(bucket, "oss://" + bucket, OptionsOf(server), TimeProvider.System);

    /// <summary>The same without the lock.</summary>
    public static OssStoreDriver OpenBare(string bucket, OssServer server, Func<OssOptions, OssOptions>? change = null) =>
        new(bucket, "oss://" + bucket, change is null ? OptionsOf(server) : change(OptionsOf(server)), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await (await server.Value).DisposeAsync();
    }

    private static OssOptions OptionsOf(OssServer server) =>
        new()
        {
            Endpoint = server.Address,
            Region = server.Options.Region,
            PathStyle = true,
            AccessKey = new OssAccessKey(server.Options.Owner.Id, server.Options.Owner.Secret),
            Probe = true,
            Signature = OssSignature.Either,
            RetryDelay = TimeSpan.FromMilliseconds(5),
            PartSize = 100 * 1024,
            Lock = TestServer.Quick,
        };
}
