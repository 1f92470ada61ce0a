using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Changes.History;

/// <summary>Taking back that a cluster was created.</summary>
public sealed class UndoCreationTests
{
    private const string Name = ClusterExample.Name;
    private readonly World _world = new();

    [Fact]
    public async Task What_updates_have_made_of_the_cluster_since_goes_with_it()
    {
        var creation = await CreateAsync();
        await ApplyAsync(
            "update cluster",
            ("pki/private/kubernetes-ca/keyset.yaml", FileSecrecy.Secret),
            ("secrets/admin", FileSecrecy.Secret)
        );
        await ApplyAsync("update cluster", ("addons/bootstrap-channel.yaml", FileSecrecy.Plain), ("kops-version.txt", FileSecrecy.Plain));
        var plan = await PlanAsync(creation);
        Assert.True(plan.IsWhole);
        Assert.IsType<ApplyResult.Applied>(await _world.Open().ApplyAsync(plan.Changes));
        Assert.Empty(await _world.StateAsync());
    }

    [Theory]
    [InlineData("instancegroup/theirs", "create instancegroup")]
    [InlineData("secrets/dockerconfig", "create secret dockerconfig")]
    public async Task What_others_have_made_of_the_cluster_since_keeps_it(string key, string title)
    {
        var creation = await CreateAsync();
        await ApplyAsync(title, (key, FileSecrecy.Secret));
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => PlanAsync(creation));
        Assert.Contains($"memfs://state/{Name}/{key}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'kops delete cluster {Name} --yes'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backups/etcd/main/1/etcd.backup.gz")]
    [InlineData("pki/private/kubernetes-ca/keyset.yaml")]
    public async Task What_no_change_tells_of_or_was_changed_since_keeps_it(string key)
    {
        var creation = await CreateAsync();
        await ApplyAsync("update cluster", ("pki/private/kubernetes-ca/keyset.yaml", FileSecrecy.Secret));
        await _world.PutAsync($"{Name}/{key}", "somebody else's");
        Assert.Contains(key, (await Assert.ThrowsAsync<StateStoreException>(() => PlanAsync(creation))).Message, StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync()
    {
        var set = new ChangeSetBuilder(Name, "create cluster")
            .Write(Absent("config"), System.Text.Encoding.UTF8.GetBytes(ClusterExample.Cluster()))
            .Write(Absent("instancegroup/nodes"), System.Text.Encoding.UTF8.GetBytes(ClusterExample.Group("nodes")))
            .Build();
        return ((ApplyResult.Applied)await _world.Open().ApplyAsync(set)).Id;
    }

    private async Task ApplyAsync(string title, params (string Key, FileSecrecy Secrecy)[] files)
    {
        var builder = new ChangeSetBuilder(Name, title);
        foreach (var (key, secrecy) in files)
            builder.Write(Absent(key), System.Text.Encoding.UTF8.GetBytes(key), secrecy);
        Assert.IsType<ApplyResult.Applied>(await _world.Open(user: "bob").ApplyAsync(builder.Build()));
    }

    private StoredFile Absent(string key) => StoredFile.Absent(_world.Root.Join(Name, key));

    private async Task<UndoPlan> PlanAsync(string id)
    {
        var history = _world.Open().History;
        return await history.PlanUndoAsync((await history.FindAsync(id))!, "undo");
    }
}
