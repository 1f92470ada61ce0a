using Kops.Api.Documents;
using Kops.Operations.Clusters;
using Kops.Operations.Moves;
using Kops.Operations.Tests.Support;
using Kops.Operations.Tests.Updates;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Tests.Moves;

/// <summary>After a move and an update, by a command or by hand, every generated file names the new store, and none the old.</summary>
public sealed class Moved_clusters_name_their_new_store
{
    [Theory]
    [InlineData("memfs://there")]
    [InlineData("memfs://here/deeper/there")]
    [InlineData("file")]
    public async Task Moved_by_a_command(string there)
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        there = there == "file" ? cluster.Stores.PathOf("there") : there;
        var second = cluster.Begin(there);

        await new MoveClusters(cluster.Session, second.State, cluster.Stores.Author).RunAsync(UpdatedCluster.Name, new TransferMeter());

        await CheckAsync(cluster, second, there);
    }

    [Theory]
    [InlineData("memfs://there")]
    [InlineData("file")]
    public async Task Moved_by_hand(string there)
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        there = there == "file" ? cluster.Stores.PathOf("there") : there;
        foreach (var (file, text) in await Stores.ReadAllAsync(cluster.Stores.Root))
            await cluster
                .Stores.At(there)
                .Join(file.TrimStart('/').Split('/'))
                .WriteTextAsync(
                    // A person changes what he keeps: the cluster's own file.
                    file.EndsWith("/config", StringComparison.Ordinal)
                        ? text.Replace("memfs://here", there, StringComparison.Ordinal)
                        : text,
                    WriteCondition.Any
                );

        await CheckAsync(cluster, cluster.Begin(there), there);
    }

    private static async Task CheckAsync(UpdatedCluster cluster, ClusterSession second, string there)
    {
        await UpdateCluster.ApplyAsync(second, await UpdateCluster.PlanAsync(second, await second.ReadClusterAsync(UpdatedCluster.Name)));

        var files = await Stores.ReadAllAsync(cluster.Stores.At(there));
        Assert.NotEmpty(files);
        Assert.DoesNotContain(
            files,
            file =>
                file.Value.Contains($"memfs://here/{UpdatedCluster.Name}", StringComparison.Ordinal)
                && !there.StartsWith("memfs://here/", StringComparison.Ordinal)
        );
        foreach (
            var generated in new[] { "/cluster-completed.spec", "/manifests/etcd/", "/manifests/channels/", "/igconfig/control-plane/" }
        )
            Assert.All(
                files.Where(file => file.Key.Contains(generated, StringComparison.Ordinal)),
                file => Assert.Contains($"{there}/{UpdatedCluster.Name}", file.Value, StringComparison.Ordinal)
            );
        Assert.True((await UpdateCluster.PlanAsync(second, await second.ReadClusterAsync(UpdatedCluster.Name))).IsEmpty);
    }
}
