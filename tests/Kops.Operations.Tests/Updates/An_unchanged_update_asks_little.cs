using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.StateStore;
using Kops.Vfs;
using Kops.Vfs.Memory;

namespace Kops.Operations.Tests.Updates;

/// <summary>
/// On a bucket every request counts: an update that finds nothing to do lists each place once, and reads no object twice.
/// </summary>
public sealed class An_unchanged_update_asks_little : IAsyncDisposable
{
    private const string Name = "demo.example.com";

    private readonly RecordingDriver _driver = new(new MemoryStoreDriver(TimeProvider.System));
    private readonly StoreRegistry _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task Nothing_twice_and_nothing_is_written()
    {
        var root = new Store("memfs://", _driver).Root;
        _stores.Add("memfs", path => root.Join(path["memfs://".Length..]));
        var store = new ClusterStore(_stores.Resolve("memfs://state"), _stores, TimeProvider.System, new("a", "b", "c", "d"))
        {
            KeyBits = 1024,
        };
        var session = new ClusterSession(store, TimeProvider.System, "a test");
        var flags = new ClusterFlags { Zones = ["us-east-1a", "us-east-1b"] };
        await session.ApplyAsync(
            CreateCluster.Plan(session, await CreateCluster.DescribeAsync(session, new CreateClusterRequest(Name, flags)))
        );
        await UpdateAsync(session);
        _driver.Requests.Clear();

        await UpdateAsync(session);

        List<string> requests = [.. _driver.Requests.Order(StringComparer.Ordinal)];
        Assert.Equal(requests.Distinct(), requests);
        Assert.DoesNotContain(
            requests,
            request => request.StartsWith("put ", StringComparison.Ordinal) || request.StartsWith("delete ", StringComparison.Ordinal)
        );
        Assert.Equal(
            [
                $"list state/{Name}/igconfig/",
                $"list state/{Name}/instancegroup/",
                $"list state/{Name}/manifests/",
                $"list state/{Name}/pki/private/",
                $"list state/{Name}/secrets/",
            ],
            requests.Where(request => request.StartsWith("list ", StringComparison.Ordinal))
        );
    }

    private static async Task UpdateAsync(ClusterSession session) =>
        await UpdateCluster.ApplyAsync(session, await UpdateCluster.PlanAsync(session, await session.ReadClusterToChangeAsync(Name)));
}
