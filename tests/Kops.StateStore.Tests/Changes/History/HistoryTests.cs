using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Files;
using Kops.StateStore.Tests.Support;
using Xunit;

namespace Kops.StateStore.Tests.Changes.History;

public sealed class HistoryTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Changes_come_newest_first_with_who_did_what()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));
        await ApplyAsync("bob", ("kops-version.txt", "2", FileSecrecy.Plain));

        var records = await _world.Open().History.ListAsync("demo.example.com").ToArrayAsync();

        Assert.Equal(["bob", "alice"], records.Select(record => record.Author.User));
        Assert.All(records, record => Assert.Equal("demo.example.com/kops-version.txt", Assert.Single(record.Files).Path));
        Assert.Equal([FileChangeKind.Replace, FileChangeKind.Create], records.Select(record => record.Files[0].Kind));
        Assert.Empty(await _world.Open().History.ListAsync("other.example.com").ToArrayAsync());
    }

    [Fact]
    public async Task Names_cost_one_listing()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));
        await ApplyAsync("bob", ("kops-version.txt", "2", FileSecrecy.Plain));
        var driver = new CrashDriver(_world.Memory);

        Assert.Equal(2, (await _world.Open(driver).History.ListNamesAsync()).Count);

        Assert.Equal(1, driver.Calls);
    }

    [Fact]
    public async Task A_change_is_shown_with_the_contents_before_and_after()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));
        var id = await ApplyAsync("bob", ("kops-version.txt", "2", FileSecrecy.Plain), ("secrets/x", "SECRET", FileSecrecy.Secret));

        var change = await _world.Open().History.FindAsync(id);

        var (secret, plain) = (change!.Files[0], change.Files[1]);
        Assert.Equal(("1", "2"), (Encoding.UTF8.GetString(plain.Before!.Value.Span), Encoding.UTF8.GetString(plain.After!.Value.Span)));
        Assert.Null(secret.After);
        Assert.NotNull(secret.File.AfterSha256);
    }

    [Fact]
    public async Task An_undo_restores_what_stood_before_and_is_a_change_of_its_own_that_can_be_undone()
    {
        await ChangeExample.PrepareAsync(_world);
        var before = await _world.StateAsync();
        var store = _world.Open();
        var applied = Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(await ChangeExample.ReversibleAsync(store.Root)));
        var after = await _world.StateAsync();

        var undo = await PlanUndoAsync(store, applied.Id);
        Assert.True(undo.IsWhole);
        var undone = Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(undo.Changes));
        Assert.Equal(before, await _world.StateAsync());
        Assert.Equal(applied.Id, (await store.History.FindAsync(undone.Id))!.Record.Undoes);

        // The secrets that the first change created are gone for good: only their digests are known.
        var redo = await PlanUndoAsync(store, undone.Id);
        Assert.Equal(["demo.example.com/pki/private/new/keyset.yaml", "demo.example.com/secrets/new"], redo.NotKept);
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(redo.Changes));
        Assert.Equal(
            after.Keys.Except(["demo.example.com/pki/private/new/keyset.yaml", "demo.example.com/secrets/new"]),
            (await _world.StateAsync()).Keys
        );
    }

    [Fact]
    public async Task An_undo_leaves_alone_what_others_changed_since()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain), ("addons/a.yaml", "1", FileSecrecy.Plain));
        var id = await ApplyAsync("alice", ("kops-version.txt", "2", FileSecrecy.Plain), ("addons/a.yaml", "2", FileSecrecy.Plain));
        await ApplyAsync("bob", ("addons/a.yaml", "3", FileSecrecy.Plain));
        var store = _world.Open();

        var undo = await PlanUndoAsync(store, id);

        Assert.Equal(["demo.example.com/addons/a.yaml"], undo.Changed);
        Assert.Equal("memfs://state/demo.example.com/kops-version.txt", Assert.Single(undo.Changes.Files).Path.ToString());
    }

    [Fact]
    public async Task What_a_later_change_has_noted_of_itself_holds_no_undo_up()
    {
        var layout = _world.Open().LayoutOf(ChangeExample.Cluster);
        var ids = new List<string>();
        foreach (var (file, text) in new[] { ("addons/a.yaml", "1"), ("addons/a.yaml", "2"), ("addons/b.yaml", "3") })
        {
            var builder = new ChangeSetBuilder(layout, "update cluster");
            foreach (var path in new[] { layout.Registry.Join(file), layout.AppliedGroups, layout.SaidFlags })
                builder.Write(await StoredFile.ReadAsync(path), Encoding.UTF8.GetBytes(text));
            ids.Add(Assert.IsType<ApplyResult.Applied>(await _world.Open().ApplyAsync(builder.Build())).Id);
        }

        var undo = await PlanUndoAsync(_world.Open(), ids[1]);
        Assert.True(undo.IsWhole);
        Assert.Equal("memfs://state/demo.example.com/addons/a.yaml", Assert.Single(undo.Changes.Files).Path.ToString());
        Assert.Equal(3, (await PlanUndoAsync(_world.Open(), ids[2])).Changes.Files.Count);
    }

    [Fact]
    public async Task A_prune_keeps_the_newest_changes_of_each_cluster_and_what_they_refer_to()
    {
        var ids = new List<string>();
        foreach (var text in (string[])["1", "2", "3"])
            ids.Add(await ApplyAsync("alice", ("kops-version.txt", text, FileSecrecy.Plain)));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        var store = _world.Open();

        var plan = await store.History.PlanPruneAsync(keep: 1);
        await store.History.PruneAsync(plan);

        Assert.Equal(2, plan.Changes.Count);
        Assert.Equal([ids[2]], (await store.History.ListNamesAsync()).Select(name => name.Id));
        Assert.Equal(2, (await _world.JournalAsync()).Keys.Count(key => key.StartsWith(".kops/objects/", StringComparison.Ordinal)));
        Assert.True((await PlanUndoAsync(store, ids[2])).IsWhole);
        Assert.True((await store.History.PlanPruneAsync(keep: 1)).IsEmpty);
    }

    [Fact]
    public async Task A_prune_leaves_contents_that_a_change_without_a_record_may_have_kept_just_now()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        var store = _world.Open();
        await ApplyAsync("bob", ("addons/a.yaml", "1", FileSecrecy.Plain));
        var plan = await store.History.PlanPruneAsync(keep: 0);

        await store.History.PruneAsync(plan);

        // Both changes are forgotten; the one content of them both was kept again a moment ago.
        Assert.Equal((2, 0L), (plan.Changes.Count, plan.Bytes));
        Assert.Single((await _world.JournalAsync()).Keys, key => key.StartsWith(".kops/objects/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prune_leaves_what_was_kept_again_while_it_went_on()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        var store = _world.Open();
        var plan = await store.History.PlanPruneAsync(keep: 0);
        var id = await ApplyAsync("bob", ("addons/a.yaml", "1", FileSecrecy.Plain));

        await store.History.PruneAsync(plan);

        Assert.Equal("1", Encoding.UTF8.GetString(Assert.Single((await store.History.FindAsync(id))!.Files).After!.Value.Span));
    }

    [Fact]
    public async Task A_change_that_is_undone_already_leaves_nothing_to_undo()
    {
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));
        var id = await ApplyAsync("alice", ("kops-version.txt", "2", FileSecrecy.Plain));
        await ApplyAsync("alice", ("kops-version.txt", "1", FileSecrecy.Plain));

        Assert.True((await PlanUndoAsync(_world.Open(), id)).Changes.IsEmpty);
    }

    [Fact]
    public async Task Deleted_backups_are_neither_read_nor_kept()
    {
        await ChangeExample.PrepareAsync(_world);
        var driver = new CrashDriver(_world.Memory);
        var store = _world.Open(driver);
        var changes = await ChangeExample.BuildAsync(store.Root, [("backups/etcd/main/1", null, FileSecrecy.Opaque)]);

        var applied = Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));

        // Whether the cluster has moved is the one thing that is read.
        Assert.Equal(1, driver.Reads);
        Assert.Equal(["demo.example.com/backups/etcd/main/1"], (await PlanUndoAsync(store, applied.Id)).NotKept);
    }

    private static async Task<Kops.StateStore.Changes.History.UndoPlan> PlanUndoAsync(ClusterStore store, string id) =>
        await store.History.PlanUndoAsync((await store.History.FindAsync(id))!, "undo");

    private async Task<string> ApplyAsync(string user, params (string Key, string? Text, FileSecrecy Secrecy)[] files)
    {
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        var store = _world.Open(user: user);
        return Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(await ChangeExample.BuildAsync(store.Root, files))).Id;
    }
}
