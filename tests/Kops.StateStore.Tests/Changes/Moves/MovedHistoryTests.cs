using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Files;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Moves;

/// <summary>The history of a cluster goes along with its moves.</summary>
public sealed class MovedHistoryTests
{
    private const string Name = "demo.example.com";
    private static readonly string s_ca = $"keys/{Name}/private/kubernetes-ca/keyset.yaml";
    private readonly MoveWorld _world = new();

    [Fact]
    public async Task The_new_place_tells_of_the_changes_before_the_move_and_of_the_move()
    {
        await _world.PutAsync(Name);
        var (move, _, from, to) = _world.Process();
        await EditAsync(from, "alpha");
        await EditAsync(from, "beta");
        var before = await RecordsAsync(from);
        var summary = await move.RunAsync(Name, new TransferMeter());
        await EditAsync(to, "stable");

        var after = await RecordsAsync(to);
        Assert.Equal(["edit stable", $"moved from memfs://old/{Name}", "edit beta", "edit alpha"], after.Select(change => change.Title));
        Assert.Equal([4, 3, 2, 1], after.Select(change => change.Serial));
        Assert.Equal(before.Select(change => change.Id), after.Skip(2).Select(change => change.Id));
        Assert.Equal([null, null, "memfs://old", "memfs://old"], after.Select(change => change.MadeIn));
        Assert.Equal((2, 0), (summary!.History.Changes, summary.History.Left.Count));
        Assert.Equal(before.Select(change => change.Id), (await RecordsAsync(from)).Select(change => change.Id));
    }

    [Fact]
    public async Task The_newest_change_before_a_move_is_taken_back_at_the_new_place()
    {
        await _world.PutAsync(Name);
        var (move, _, from, to) = _world.Process();
        await EditAsync(from, "alpha");
        await move.RunAsync(Name, new TransferMeter());
        var old = await MoveWorld.FilesAsync(_world.OldRoot);

        var change = (await to.History.FindAsync("1"))!;
        Assert.Equal(
            ["metadata.generation", "spec.channel"],
            change.Files[0].Fields!.Select(field => field.Path.ToString()).Order(StringComparer.Ordinal)
        );
        var plan = await to.History.PlanUndoAsync(change, "undo");
        Assert.True(plan.IsWhole);
        Assert.IsType<ApplyResult.Applied>(await to.ApplyAsync(plan.Changes));
        var config = await _world.NewRoot.Join(Name, "config").ReadTextAsync();
        Assert.Contains("channel: stable", config, StringComparison.Ordinal);
        Assert.Contains($"configBase: memfs://new/{Name}", config, StringComparison.Ordinal);
        Assert.DoesNotContain("memfs://old", config, StringComparison.Ordinal);
        Assert.Equal(old, await MoveWorld.FilesAsync(_world.OldRoot));
    }

    [Fact]
    public async Task What_a_change_did_at_a_place_that_the_cluster_has_left_is_not_taken_back_there()
    {
        await _world.PutAsync(Name);
        var (move, _, from, to) = _world.Process();
        var state = (await from.ReadAsync(Name))!;
        var cluster = state.Cluster.Copy();
        cluster.Spec.Channel = "alpha";
        var key = state.Layout.KeyStore.Join("issued", "note");
        await AppliedAsync(
            from,
            from.Change(state, "edit with a file")
                .ReplaceCluster(state.Cluster, cluster)
                .WriteFile(StoredFile.Absent(key), "note"u8.ToArray())
                .Build()
        );
        state = (await from.ReadAsync(Name))!;
        cluster = state.Cluster.Copy();
        ((Kops.Api.Documents.MappingNode)cluster.Node["spec"]!)["keyStore"] = Kops.Api.Documents.ScalarNode.Of($"memfs://old/{Name}/pki");
        await AppliedAsync(from, from.Change(state, "other keys").ReplaceCluster(state.Cluster, cluster).Build());
        await move.RunAsync(Name, new TransferMeter());
        await _world.OldRoot.Join(".kops", "moves", $"{Name}.json").DeleteAsync(WriteCondition.Any);

        var plan = await to.History.PlanUndoAsync((await to.History.FindAsync("1"))!, "undo");
        Assert.False(plan.IsWhole);
        Assert.Contains("keyStore:issued/note", plan.Changed);
        Assert.All(plan.Changes.Files, file => Assert.StartsWith("memfs://new/", file.Path.ToString(), StringComparison.Ordinal));
        Assert.Equal("note", await key.ReadTextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_anywhere_and_gone_on_with_a_move_neither_loses_a_change_nor_has_it_twice(bool diesAtTheNewPlace)
    {
        var killed = 0;
        for (var calls = 1; ; calls++)
        {
            var world = new MoveWorld();
            await world.PutAsync(Name, isDeployed: false, backups: 1);
            foreach (var channel in new[] { "a", "b", "c" })
                await EditAsync(world.Process().From, channel);
            var driver = new CrashDriver(diesAtTheNewPlace ? world.New : world.Old, calls, lastCallTakesEffect: calls % 2 == 0);
            var dying = diesAtTheNewPlace ? world.Process(@new: driver) : world.Process(old: driver);
            if (!await DiesAsync(() => dying.Move.RunAsync(Name, new TransferMeter())))
                break;
            killed++;

            // Somebody goes on working where the cluster is still, and the move goes on later.
            var (move, _, from, to) = world.Process(user: "bob");
            await from.RecoverAsync(Name);
            var isMoved = (await MoveRecords.FindAsync(world.OldRoot, Name))?.Status is MoveStatus.Moved;
            if (!isMoved)
            {
                await EditAsync(from, "d");
                await move.RunAsync(Name, new TransferMeter());
            }

            await move.SettleAsync(Name);
            await EditAsync(to, "e");
            var titles = (await RecordsAsync(to)).Where(change => change.Outcome is ChangeOutcome.Applied).ToArray();
            Assert.Equal(
                isMoved ? ["edit e", "edit c", "edit b", "edit a"] : ["edit e", "edit d", "edit c", "edit b", "edit a"],
                titles.Select(change => change.Title).Where(title => title.StartsWith("edit", StringComparison.Ordinal))
            );
            var all = await RecordsAsync(to);
            Assert.Equal(Enumerable.Range(1, all.Count).Reverse(), all.Select(change => change.Serial));

            // Everything that was kept is kept here.
            foreach (var change in all.Where(change => change.MadeIn is not null))
                Assert.All((await to.History.FindAsync(change.Id))!.Files, file => Assert.NotNull(file.After));
        }

        Assert.InRange(killed, 20, 300);
    }

    [Fact]
    public async Task Moved_there_and_back_a_cluster_has_each_change_once_and_in_order()
    {
        await _world.PutAsync(Name, isDeployed: false);
        var (move, finish, from, to) = _world.Process();
        await EditAsync(from, "one");
        await move.RunAsync(Name, new TransferMeter());
        await finish.RunAsync(await finish.PlanAsync(Name));
        await EditAsync(to, "two");
        await new StateStore.Changes.Moves.ClusterMove(
            to,
            from,
            _world.Clock,
            new ChangeAuthor("alice", "host", "kops test", "kops 0")
        ).RunAsync(Name, new TransferMeter());

        var records = await RecordsAsync(from);
        Assert.Equal(
            [$"moved from memfs://new/{Name}", "edit two", $"moved from memfs://old/{Name}", $"state move {Name} --finish", "edit one"],
            records.Select(change => change.Title)
        );
        Assert.Equal([5, 4, 3, 2, 1], records.Select(change => change.Serial));
        Assert.Equal([null, "memfs://new", "memfs://new", null, null], records.Select(change => change.MadeIn));
        var plan = await from.History.PlanUndoAsync((await from.History.FindAsync("4"))!, "undo");
        Assert.True(plan.IsWhole);
        Assert.IsType<ApplyResult.Applied>(await from.ApplyAsync(plan.Changes));
        Assert.Contains("channel: one", await _world.OldRoot.Join(Name, "config").ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_changes_of_an_earlier_cluster_of_that_name_the_numbers_go_on()
    {
        await _world.PutAsync(Name);
        var (move, _, from, to) = _world.Process();
        for (var i = 1; i <= 3; i++)
        {
            var path = _world.NewRoot.Join(Name, "config");
            var read = await StoredFile.ReadAsync(path);
            var builder = new ChangeSetBuilder(Name, $"earlier {i}");
            await AppliedAsync(to, (i == 3 ? builder.Delete(read) : builder.Write(read, new[] { (byte)i })).Build());
        }

        await EditAsync(from, "one");
        var undo = await from.History.PlanUndoAsync((await from.History.FindAsync("1"))!, "undo one");
        await AppliedAsync(from, undo.Changes);
        await move.RunAsync(Name, new TransferMeter());
        var records = await RecordsAsync(to);
        Assert.Equal([6, 5, 4, 3, 2, 1], records.Select(change => change.Serial));
        Assert.Equal(
            [$"moved from memfs://old/{Name}", "undo one", "edit one", "earlier 3", "earlier 2", "earlier 1"],
            records.Select(change => change.Title)
        );
        Assert.Equal(records[2].Id, records[1].Undoes);
    }

    [Fact]
    public async Task A_record_that_is_none_stays_and_is_named_and_the_others_come()
    {
        await _world.PutAsync(Name);
        var (move, _, from, to) = _world.Process();
        await EditAsync(from, "one");
        await EditAsync(from, "two");
        var history = _world.OldRoot.Join(".kops", "history", Name);
        var first = (await from.History.ListNamesAsync(Name))[^1];
        var bad = history.Join(first.FileName + ".json");
        await bad.WriteTextAsync("""{"format": 2, "cluster": "b.example.com"}""", WriteCondition.Any);
        await history
            .Join("999999000-20260101T000000Z-01234567.json")
            .WriteTextAsync(
                (await history.Join((await from.History.ListNamesAsync(Name))[0].FileName + ".json").ReadTextAsync())!,
                WriteCondition.Any
            );
        var summary = await move.RunAsync(Name, new TransferMeter());
        Assert.Equal([$"{history}/999999000-20260101T000000Z-01234567.json", bad.ToString()], summary!.History.Left.Order());
        Assert.Equal(["edit two"], (await RecordsAsync(to)).Where(change => change.MadeIn is not null).Select(change => change.Title));
    }

    [Fact]
    public async Task Only_contents_that_a_record_may_keep_come_along()
    {
        await _world.PutAsync(Name);
        var (move, _, from, _) = _world.Process();
        var ca = await StoredFile.ReadAsync(_world.OldRoot.Join(s_ca));
        await AppliedAsync(
            from,
            new ChangeSetBuilder((await from.ReadAsync(Name))!.Layout, "key").Write(ca, "new key"u8.ToArray(), FileSecrecy.Secret).Build()
        );
        foreach (var secret in new[] { "a key", "new key" })
            await _world
                .OldRoot.Join(".kops", "objects", Name, ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(secret)))
                .WriteTextAsync(secret, WriteCondition.Any);
        await move.RunAsync(Name, new TransferMeter());
        await foreach (var entry in _world.NewRoot.Join(".kops", "objects").ListTreeAsync())
            Assert.DoesNotContain("key", (await entry.Path.ReadTextAsync())!.Split("keyStore")[0], StringComparison.Ordinal);
    }

    private static async Task EditAsync(ClusterStore store, string channel)
    {
        var state = (await store.ReadAsync(Name))!;
        var cluster = state.Cluster.Copy();
        cluster.Spec.Channel = channel;
        await AppliedAsync(store, store.Change(state, $"edit {channel}").ReplaceCluster(state.Cluster, cluster).Build());
    }

    private static async Task AppliedAsync(ClusterStore store, ChangeSet changes) =>
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));

    private static async Task<IReadOnlyList<ChangeRecord>> RecordsAsync(ClusterStore store) =>
        await store.History.ListAsync(Name).ToListAsync();

    private static async Task<bool> DiesAsync(Func<Task> act)
    {
        try
        {
            await act();
            return false;
        }
        catch (Exception death) when (death is CrashException || death.InnerException is CrashException)
        {
            return true;
        }
    }
}
