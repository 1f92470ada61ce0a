using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Layout;

public sealed class LayoutTests
{
    private readonly World _world = new();

    [Fact]
    public async Task By_default_everything_lies_in_the_clusters_directory()
    {
        await ClusterExample.PutAsync(_world);

        var layout = (await ClusterExample.ReadAsync(_world.Open())).Layout;

        string[] paths =
        [
            layout.Config.Key,
            layout.InstanceGroup("nodes").Key,
            layout.AdditionalObjects.Key,
            layout.CompletedSpec.Key,
            layout.KopsVersion.Key,
            layout.Keyset("kubernetes-ca").Key,
            layout.SshKey("b4:1b").Key,
            layout.Secret("system:dns").Key,
            layout.EtcdClusterSpec("main").Key,
        ];
        Assert.Equal(
            [
                "demo.example.com/config",
                "demo.example.com/instancegroup/nodes",
                "demo.example.com/clusteraddons/default",
                "demo.example.com/cluster-completed.spec",
                "demo.example.com/kops-version.txt",
                "demo.example.com/pki/private/kubernetes-ca/keyset.yaml",
                "demo.example.com/pki/ssh/public/admin/b41b",
                "demo.example.com/secrets/system:dns",
                "demo.example.com/backups/etcd/main/control/etcd-cluster-spec",
            ],
            paths
        );
    }

    [Fact]
    public async Task Parts_may_lie_elsewhere()
    {
        const string extra = """
              configBase: memfs://state/elsewhere/demo
              keyStore: memfs://state/keys/demo/
              etcdClusters:
              - name: main
                etcdMembers:
                - instanceGroup: a
                  name: a
                backups:
                  backupStore: memfs://state/backups/demo
            """;
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: extra));
        await _world.PutAsync("elsewhere/demo/kops-version.txt", "1");

        var layout = (await ClusterExample.ReadAsync(_world.Open())).Layout;

        Assert.Equal("demo.example.com/config", layout.Config.Key);
        Assert.Equal("elsewhere/demo/cluster-completed.spec", layout.CompletedSpec.Key);
        Assert.Equal("keys/demo/private/ca/keyset.yaml", layout.Keyset("ca").Key);
        Assert.Equal("elsewhere/demo/secrets/admin", layout.Secret("admin").Key);
        Assert.Equal("backups/demo/control/etcd-cluster-spec", layout.EtcdClusterSpec("main").Key);
        Assert.Equal("elsewhere/demo/backups/etcd/events", layout.BackupStore("events").Key);
        Assert.False(layout.IsMoved);
    }

    [Fact]
    public async Task A_store_that_was_copied_is_read_where_it_is_now()
    {
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: "  configBase: memfs://state/old/place"));
        await _world.PutAsync("demo.example.com/secrets/admin", "{\"Data\":\"YQ==\"}");

        var state = await ClusterExample.ReadAsync(_world.Open());

        Assert.True(state.Layout.IsMoved);
        Assert.Equal(["admin"], await state.Secrets.ListNamesAsync());
    }

    [Fact]
    public async Task A_new_cluster_whose_config_base_is_still_empty_is_not_taken_for_a_copy()
    {
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: "  configBase: memfs://state/new/place"));
        await _world.PutAsync("demo.example.com/instancegroup/nodes", ClusterExample.Group("nodes"));

        Assert.False((await ClusterExample.ReadAsync(_world.Open())).Layout.IsMoved);
    }

    [Fact]
    public async Task A_store_that_cannot_be_opened_hinders_only_those_who_need_it()
    {
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: "  configBase: vault://x/y"));

        var state = await ClusterExample.ReadAsync(_world.Open());

        Assert.Contains("vault", Assert.ThrowsAny<Exception>(() => state.Layout.Keysets).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task A_name_cannot_leave_its_directory(string name)
    {
        await ClusterExample.PutAsync(_world);
        var layout = (await ClusterExample.ReadAsync(_world.Open())).Layout;

        Assert.Throws<StateStoreException>(() => layout.InstanceGroup(name));
        Assert.Throws<StateStoreException>(() => layout.Secret(name));
        Assert.Throws<StateStoreException>(() => layout.Keyset(name));
    }
}
