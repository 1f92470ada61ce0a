using System.Collections.Concurrent;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Gcs.Tests.Emulators;
using Kops.Vfs.Layers.Check;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Layers.Stack;
using Kops.Vfs.Rest.Reading;
using Xunit;

[assembly: AssemblyFixture(typeof(EmulatorServers))]

namespace Kops.Vfs.Gcs.Tests.Emulators;

/// <summary>
/// Servers that are as bad as emulators are, one for each set of quirks; or, where <c>KOPS_TEST_GCS_EMULATOR</c> has the address of an
/// emulator, that one for all.
/// </summary>
public sealed class EmulatorServers : IAsyncDisposable
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("KOPS_TEST_GCS_EMULATOR");
    private static int s_buckets;
    private readonly ConcurrentDictionary<EmulatorQuirks, Lazy<Task<GcsServer>>> _servers = new();

    /// <summary>The times of the lock for a server that answers at once.</summary>
    public static LockOptions Quick { get; } =
        new()
        {
            Settle = TimeSpan.FromMilliseconds(100),
            Poll = TimeSpan.FromMilliseconds(20),
            Linger = TimeSpan.FromMilliseconds(50),
            Lease = TimeSpan.FromSeconds(20),
        };

    /// <summary>Makes an empty bucket on a server.</summary>
    public async Task<(string Bucket, Uri Address)> CreateBucketAsync(EmulatorQuirks quirks)
    {
        if (Given is not null)
            return (await CreateThereAsync(), new Uri(Given));
        var server = await _servers
            .GetOrAdd(quirks, _ => new(() => GcsServer.StartAsync(new GcsServerOptions { Authenticate = false, Quirks = quirks })))
            .Value;
        var bucket = $"kops-emulated-{Interlocked.Increment(ref s_buckets)}";
        server.CreateBucket(bucket);
        return (bucket, server.Address);
    }

    /// <summary>A driver as <c>STORAGE_EMULATOR_HOST</c> makes it.</summary>
    public static GcsStoreDriver Open(string bucket, Uri address, int chunk = 256 * 1024) =>
        new(
            bucket,
            "gs://" + bucket,
            new GcsOptions
            {
                Endpoint = address,
                Anonymous = true,
                Probe = true,
                ChunkSize = chunk,
                RetryDelay = TimeSpan.FromMilliseconds(10),
                MaxRetries = 2,
            },
            TimeProvider.System
        );

    /// <summary>The same with the layer that tries it out first, as the program opens it.</summary>
    public static IStoreDriver OpenChecked(string bucket, Uri address, int chunk = 256 * 1024, LockOptions? guard = null) =>
        StoreLayers
            .Apply(
                new Store("gs://" + bucket, Open(bucket, address, chunk)),
                new StoreLayerOptions
                {
                    Clock = TimeProvider.System,
                    Check = new CheckOptions { ProbePrefix = ".kops/probe/", Guard = guard },
                }
            )
            .Driver;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await (await server.Value).DisposeAsync();
    }

    private static async Task<string> CreateThereAsync()
    {
        var bucket = $"kops-{Environment.ProcessId}-{Interlocked.Increment(ref s_buckets)}";
        using var http = new HttpClient();
        using var body = new StringContent($$"""{"name":"{{bucket}}"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Given + "/storage/v1/b?project=test"), body);
        return bucket;
    }
}
