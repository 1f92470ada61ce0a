using Kops.Operations.Clusters;
using Kops.Operations.History;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Changes.History;
using Kops.Vfs;

namespace Kops.Operations.Tests.InstanceGroups;

/// <summary>What describes machines that may be running is not deleted by the way.</summary>
public sealed class Groups_with_machines_are_guarded : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("addons/coredns.addons.k8s.io/k8s-1.12.yaml")]
    [InlineData("addons/cluster-addons.kops.k8s.io/default.yaml")]
    [InlineData("backups/etcd/main/2026-12-01T00:00:00Z-000001/etcd.backup.gz")]
    [InlineData("cluster-completed.spec")]
    [InlineData("igconfig/node/more/nodeupconfig.yaml")]
    [InlineData("kops-version.txt")]
    [InlineData("manifests/static/kube-apiserver-healthcheck.yaml")]
    public async Task Deleting_a_group_and_undoing_its_creation_are_guarded_as_deleting_the_cluster_is(string? written)
    {
        var isDeployed = written is not null;
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        var group = await CreateInstanceGroup.DescribeAsync(session, state, new WantedInstanceGroup("more") { Subnets = ["us-east-1a"] });
        await session.ApplyAsync(CreateInstanceGroup.Plan(session, state, group));
        if (written is not null)
            await _stores.Root.Join(Stores.Cluster).Join(written).WriteTextAsync("kind: List\n", WriteCondition.Any);
        state = await session.ReadClusterToChangeAsync(Stores.Cluster);
        var created = await FindAsync(session);

        Func<bool, Task>[] deletions =
        [
            unregister => DeleteInstanceGroups.PlanAsync(session, state, ["more"], unregister),
            unregister => DeleteCluster.PlanAsync(session, state, unregister),
            unregister => UndoChange.PlanAsync(session, created, unregister: unregister),
        ];

        foreach (var delete in deletions)
        {
            await delete(true);
            if (!isDeployed)
                await delete(false);
            else
                Assert.Contains(
                    "--unregister",
                    (await Assert.ThrowsAsync<OperationException>(() => delete(false))).Message,
                    StringComparison.Ordinal
                );
        }
    }

    [Fact]
    public async Task Machines_may_exist_from_the_update_on_until_it_is_taken_back()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        await session.ApplyAsync((await UpdateCluster.PlanAsync(session, state)).Changes);
        state = await session.ReadClusterToChangeAsync(Stores.Cluster);

        await Assert.ThrowsAsync<OperationException>(() => DeleteCluster.PlanAsync(session, state));
        await session.ApplyAsync(await UndoChange.PlanAsync(session, await FindAsync(session)));

        Assert.NotEmpty((await DeleteCluster.PlanAsync(session, state)).Files);
    }

    private static async Task<RecordedChange> FindAsync(ClusterSession session)
    {
        var last = (await session.State.History.ListNamesAsync(Stores.Cluster))[0];
        return (await session.State.History.FindAsync(last.Id, Stores.Cluster))!;
    }
}
