using Kops.Operations.Assets;
using Kops.Operations.Updates;
using Kops.Vfs;

namespace Kops.Operations.Tests.Updates;

/// <summary>What harms a cluster that runs is refused, with the flag that goes on; nodes are never newer than their API server.</summary>
public sealed class Updates_are_guarded
{
    [Theory]
    [InlineData("1.34.2", "spec.kubernetesVersion=1.36.3", "1.35 comes in between")]
    [InlineData("1.35.1", "spec.kubernetesVersion=1.34.2", "an older one may not read")]
    [InlineData("1.35.1", "spec.etcdClusters[0].version=3.6.12 & spec.etcdClusters[0].image=etcd:v3.6.12", "cannot be changed")]
    public async Task An_unsafe_change_is_refused_and_done_for_whoever_insists(string version, string edit, string reason)
    {
        await using var cluster = await UpdatedCluster.CreateAsync(version);
        await EditPastChecksAsync(cluster, edit);

        var refused = await Assert.ThrowsAsync<OperationException>(() => cluster.PlanAsync());

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-unsafe-changes", refused.Message, StringComparison.Ordinal);
        Assert.False((await cluster.PlanAsync(new() { AllowUnsafeChanges = true })).Changes.IsEmpty);
    }

    [Theory]
    [InlineData("1.38.0", "which is older")]
    [InlineData("yesterday", "nobody can tell")]
    public async Task A_cluster_that_a_newer_kOps_updated_is_left_alone(string last, string reason)
    {
        await using var cluster = await UpdatedCluster.CreateAsync();
        await cluster.Session.State.Root.Join(UpdatedCluster.Name, "kops-version.txt").WriteTextAsync(last, WriteCondition.Any);

        var refused = await Assert.ThrowsAsync<OperationException>(() => cluster.PlanAsync());

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-kops-downgrade", refused.Message, StringComparison.Ordinal);
        Assert.Single((await cluster.PlanAsync(new() { AllowKopsDowngrade = true })).Changes.Files);
    }

    [Theory]
    [InlineData("1.35.1", "1.36.3")]
    [InlineData("1.36.0", "1.36.3")]
    public async Task Nodes_keep_their_version_through_every_update_until_the_user_says_that_the_control_plane_is_new(
        string old,
        string wanted
    )
    {
        await using var cluster = await UpdatedCluster.CreateAsync(old);
        await cluster.EditAsync($"spec.kubernetesVersion={wanted}");

        Assert.Equal(old, (await cluster.PlanAsync()).NodesKeep);
        await cluster.UpdateAsync();
        Assert.Equal(
            (wanted, old),
            (await cluster.BootsWithAsync(UpdatedCluster.ControlPlane), await cluster.BootsWithAsync(UpdatedCluster.Nodes))
        );
        Assert.True((await cluster.PlanAsync()).IsEmpty);
        Assert.Equal(old, (await cluster.PlanAsync()).NodesKeep);
        Assert.Equal([old, wanted], await KubeletsAsync(cluster));

        // Neither an edit nor a new group makes nodes newer by the way.
        await cluster.EditAsync("spec.kubelet.maxPods=50");
        await cluster.AddGroupAsync("spare");
        await cluster.UpdateAsync();
        Assert.Equal((old, old), (await cluster.BootsWithAsync(UpdatedCluster.Nodes), await cluster.BootsWithAsync("spare")));

        var last = await cluster.PlanAsync(new() { IgnoreKubeletVersionSkew = true });
        await cluster.UpdateAsync(new() { IgnoreKubeletVersionSkew = true });
        Assert.Null(last.NodesKeep);
        Assert.Equal([wanted], await KubeletsAsync(cluster));
        Assert.Equal([UpdatedCluster.Nodes, UpdatedCluster.MoreNodes, "spare"], last.RollingUpdates);
        Assert.Equal((wanted, wanted), (await cluster.BootsWithAsync(UpdatedCluster.Nodes), await cluster.BootsWithAsync("spare")));
        Assert.True((await cluster.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task A_version_that_is_lowered_holds_for_nodes_at_once()
    {
        await using var cluster = await UpdatedCluster.CreateAsync("1.36.3");
        await cluster.EditAsync("spec.kubernetesVersion=1.36.1");

        await cluster.UpdateAsync();

        Assert.Equal("1.36.1", await cluster.BootsWithAsync(UpdatedCluster.Nodes));
    }

    [Fact]
    public async Task Nodes_are_not_left_behind_further_than_an_API_server_supports()
    {
        await using var cluster = await UpdatedCluster.CreateAsync("1.32.4");
        foreach (var version in new[] { "1.33.1", "1.34.2", "1.35.1" })
        {
            await cluster.EditAsync($"spec.kubernetesVersion={version}");
            await cluster.UpdateAsync();
        }

        await cluster.EditAsync("spec.kubernetesVersion=1.36.3");
        var refused = await Assert.ThrowsAsync<OperationException>(() => cluster.PlanAsync());

        Assert.Contains("nodes still boot with 1.32.4", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1.32.4", await cluster.BootsWithAsync(UpdatedCluster.Nodes));
    }

    // What has to be at hand: while nodes wait, two versions.
    private static async Task<IEnumerable<string>> KubeletsAsync(UpdatedCluster cluster) =>
        (await ListAssets.RunAsync(cluster.Session, await cluster.Session.ReadClusterAsync(UpdatedCluster.Name)))
            .Files.Select(file => file.Canonical)
            .Where(address => address.EndsWith("/amd64/kubelet", StringComparison.Ordinal))
            .Select(address => address.Split('/')[4].TrimStart('v'));

    // As somebody does who edits the file: what the commands refuse already, an update has to refuse as well.
    private static async Task EditPastChecksAsync(UpdatedCluster cluster, string edit)
    {
        var stored = (await cluster.Session.ReadClusterAsync(UpdatedCluster.Name)).Cluster;
        var changed = stored.Copy();
        Api.Paths.FieldSetter.Apply(changed.Node, changed.Type, [], edit.Split(" & "));
        await stored.File.Path.WriteAsync(Api.Codec.KopsCodec.Encode(changed), WriteCondition.Any);
    }
}
