using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Deletion;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Deletion;

public sealed class DeletionTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_deleted_cluster_leaves_nothing_and_its_neighbour_stays()
    {
        await PutAsync();
        await ClusterExample.PutAsync(_world, "demo.example.community", "nodes");
        var store = _world.Open();

        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(await PlanAsync(store)));

        Assert.Equal(["demo.example.community/config", "demo.example.community/instancegroup/nodes"], (await _world.StateAsync()).Keys);
    }

    [Fact]
    public async Task An_unknown_file_is_named_before_anything_is_deleted()
    {
        await PutAsync();
        await _world.PutAsync("demo.example.com/notes.txt", "mine");
        var before = await _world.StateAsync();

        var error = await Assert.ThrowsAsync<StateStoreException>(() => PlanAsync(_world.Open()));

        Assert.Contains("memfs://state/demo.example.com/notes.txt", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await _world.StateAsync());
    }

    [Fact]
    public async Task Everything_that_lies_elsewhere_is_deleted_too_but_the_neighbours_of_the_discovery_documents()
    {
        const string extra = """
              configBase: memfs://state/base/demo
              keyStore: memfs://state/keys/demo
              secretStore: memfs://state/vault/demo
              serviceAccountIssuerDiscovery:
                discoveryStore: memfs://state/oidc
            """;
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: extra));
        await _world.PutAsync("demo.example.com/instancegroup/nodes", ClusterExample.Group("nodes"));
        foreach (
            var key in new[]
            {
                "base/demo/kops-version.txt",
                "keys/demo/private/a/keyset.yaml",
                "keys/demo/odd",
                "vault/demo/admin",
                "oidc/openid/v1/jwks",
                "oidc/.well-known/openid-configuration",
                "oidc/other",
                "keys/demo2/private/a/keyset.yaml",
            }
        )
            await _world.PutAsync(key, "x");
        var store = _world.Open();

        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(await PlanAsync(store)));

        Assert.Equal(["keys/demo2/private/a/keyset.yaml", "oidc/other"], (await _world.StateAsync()).Keys);
    }

    [Fact]
    public async Task A_cluster_that_was_edited_meanwhile_is_not_deleted()
    {
        await PutAsync();
        var store = _world.Open();
        var changes = await PlanAsync(store);
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(channel: "alpha"));
        var before = await _world.StateAsync();

        var conflict = Assert.IsType<ApplyResult.Conflict>(await store.ApplyAsync(changes));

        Assert.Equal("memfs://state/demo.example.com/config", Assert.Single(conflict.Files).Path.ToString());
        Assert.Equal(before, await _world.StateAsync());
    }

    [Fact]
    public async Task The_journal_tells_digests_of_keys_and_nothing_of_backups()
    {
        await PutAsync();
        var store = _world.Open();
        await store.ApplyAsync(await PlanAsync(store));

        Assert.DoesNotContain(
            (await _world.JournalAsync()).Values,
            text => text.Contains("PRIVATE", StringComparison.Ordinal) || text.Contains("BACKUP", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_undo_brings_back_all_but_keys_secrets_and_backups_and_says_so()
    {
        await PutAsync();
        var store = _world.Open();
        await store.ApplyAsync(await PlanAsync(store));
        var change = await store.History.FindAsync((await store.History.ListNamesAsync("demo.example.com"))[0].Id);

        var undo = await store.History.PlanUndoAsync(change!, "undo");

        Assert.Equal(
            ["demo.example.com/backups/etcd/main/1", "demo.example.com/pki/private/ca/keyset.yaml", "demo.example.com/secrets/admin"],
            undo.NotKept.Order(StringComparer.Ordinal)
        );
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(undo.Changes));
        Assert.Equal(ClusterExample.Cluster(), await _world.GetAsync("demo.example.com/config"));
        Assert.Equal(ClusterExample.Group("nodes"), await _world.GetAsync("demo.example.com/instancegroup/nodes"));
    }

    private static async Task<ChangeSet> PlanAsync(ClusterStore store) =>
        await ClusterDeletion.PlanAsync(await ClusterExample.ReadAsync(store), "delete cluster", []);

    private async Task PutAsync()
    {
        await ClusterExample.PutAsync(_world, groups: "nodes");
        await _world.PutAsync("demo.example.com/pki/private/ca/keyset.yaml", "PRIVATE");
        await _world.PutAsync("demo.example.com/secrets/admin", "PRIVATE");
        await _world.PutAsync("demo.example.com/backups/etcd/main/1", "BACKUP");
        await _world.PutAsync("demo.example.com/manifests/etcd/main.yaml", "x");
        await _world.PutAsync("demo.example.com/cluster.spec", "old");
    }
}
