using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Files;
using Kops.StateStore.Tests.Changes.Moves;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>
/// A request to delete that has no condition may come late, and take away what another has written meanwhile. So where deletions have no
/// conditions, none is ever sent for a record that others may write: it is given up by emptying it.
/// </summary>
public sealed class GivenUpRecordTests
{
    private const string Cluster = ChangeExample.Cluster;
    private const string Pending = $".kops/pending/{Cluster}.json";
    private readonly World _world = new();

    [Fact]
    public async Task Changes_follow_each_other_and_the_record_is_never_deleted()
    {
        await ChangeExample.PrepareAsync(_world);
        var store = new PlainDeletions(_world.Memory);

        await ChangeAsync(store, "first");
        Assert.Equal(string.Empty, await _world.GetAsync(Pending));
        await ChangeAsync(store, "second");

        Assert.Equal(string.Empty, await _world.GetAsync(Pending));
        Assert.DoesNotContain(store.Deleted, key => key.StartsWith(".kops/", StringComparison.Ordinal));
        Assert.Equal([2, 1], (await _world.Open(store).History.ListNamesAsync()).Select(name => name.Serial));
    }

    [Fact]
    public async Task A_store_that_says_of_one_record_that_it_is_there_and_is_not_is_not_asked_for_ever()
    {
        await ChangeExample.PrepareAsync(_world);
        var store = new Contradicting(_world.Memory);
        var state = _world.Open(store, options: new JournalOptions { Wait = TimeSpan.Zero });

        var failure = await Assert.ThrowsAsync<StoreException>(async () =>
            await state.ApplyAsync(await ChangeExample.BuildAsync(_world.Open().Root, [("addons/b.yaml", "b", FileSecrecy.Plain)]))
        );

        Assert.Contains("contradictory", failure.Message, StringComparison.Ordinal);
        Assert.InRange(store.Asked, 1, 10);
    }

    [Fact]
    public async Task Who_looks_for_what_is_pending_finds_nothing_and_reads_no_record_that_was_given_up()
    {
        await ChangeExample.PrepareAsync(_world);
        await ChangeAsync(new PlainDeletions(_world.Memory), "first");
        var calls = new CrashDriver(_world.Memory);
        var state = _world.Open(calls);

        Assert.Empty(await state.ListPendingAsync());
        Assert.Equal((1, 0), (calls.Listings, calls.Reads));
        Assert.Null(await state.FindPendingAsync(Cluster));
        Assert.Empty(await _world.RecoverAsync());
    }

    /// <summary>Who changes a cluster has looked for what others left, and so knows what to replace.</summary>
    [Fact]
    public async Task A_change_asks_as_often_as_where_records_are_deleted()
    {
        var plain = await CountAsync(memory => new PlainDeletions(memory));

        Assert.Equal(await CountAsync(memory => memory), plain);

        static async Task<int> CountAsync(Func<IStoreDriver, IStoreDriver> open)
        {
            var world = new World();
            await ChangeExample.PrepareAsync(world);
            await ChangeAsync(world, open(world.Memory), "first");
            var calls = new CrashDriver(open(world.Memory));
            await ChangeAsync(world, calls, "second");
            return calls.Calls;
        }
    }

    [Fact]
    public async Task A_record_that_was_given_up_goes_away_with_the_next_change_where_deletions_have_conditions()
    {
        await ChangeExample.PrepareAsync(_world);
        await _world.PutAsync(Pending, string.Empty);

        await ChangeAsync(_world.Memory, "first");

        Assert.Null(await _world.GetAsync(Pending));
    }

    [Fact]
    public async Task Of_two_who_find_a_record_that_was_given_up_one_holds_the_cluster()
    {
        await ChangeExample.PrepareAsync(_world);
        await ChangeAsync(new PlainDeletions(_world.Memory), "first");
        string[] files = ["addons/1.yaml", "addons/2.yaml", "addons/3.yaml"];
        var changes = new List<ChangeSet>();
        foreach (var file in files)
            changes.Add(await ChangeExample.BuildAsync(_world.Root, [(file, "new", FileSecrecy.Plain)]));

        var told = await Task.WhenAll(
            changes.Select(change => Task.Run(() => _world.Open(new PlainDeletions(_world.Memory)).ApplyAsync(change)))
        );

        Assert.All(told, each => Assert.IsType<ApplyResult.Applied>(each));
        Assert.Equal([4, 3, 2, 1], (await _world.Open().History.ListNamesAsync()).Select(name => name.Serial));
    }

    [Fact]
    public async Task The_record_that_keeps_a_place_free_for_a_cluster_is_never_deleted()
    {
        var world = new MoveWorld();
        await world.PutAsync(Cluster);
        var store = new PlainDeletions(world.New);

        await world.Process(@new: store).Move.RunAsync(Cluster, new TransferMeter());

        Assert.Equal(string.Empty, await world.NewRoot.Join($".kops/moves/{Cluster}.json").ReadTextAsync());
        Assert.Null(await MoveRecords.FindAsync(world.NewRoot, Cluster));
        Assert.Empty(await MoveRecords.ListAsync(world.NewRoot));
        Assert.DoesNotContain(store.Deleted, key => key.StartsWith(".kops/", StringComparison.Ordinal));
    }

    private Task ChangeAsync(IStoreDriver store, string text) => ChangeAsync(_world, store, text);

    private static async Task ChangeAsync(World world, IStoreDriver store, string text)
    {
        var state = world.Open(store);
        await state.RecoverAsync(Cluster);
        var change = await ChangeExample.BuildAsync(
            state.Root,
            [("config", text, FileSecrecy.Plain), ("instancegroup/nodes", text, FileSecrecy.Plain)]
        );
        Assert.IsType<ApplyResult.Applied>(await state.ApplyAsync(change));
    }

    /// <summary>A store whose deletions have no conditions, as most that speak S3's protocol.</summary>
    /// <summary>A gateway that lost its mind: what it refuses to write since it is there, it does not find.</summary>
    private sealed class Contradicting(IStoreDriver inner) : StoreLayer(inner)
    {
        public int Asked { get; private set; }

        public override ValueTask<WriteOutcome> PutAsync(
            string key,
            ObjectBody body,
            WriteCondition condition,
            CancellationToken cancellationToken
        )
        {
            if (key != Pending)
                return base.PutAsync(key, body, condition, cancellationToken);
            Asked++;
            return ValueTask.FromResult(WriteOutcome.Conflict);
        }
    }

    private sealed class PlainDeletions(IStoreDriver inner) : StoreLayer(inner)
    {
        public List<string> Deleted { get; } = [];

        public override StoreCapabilities Capabilities => Inner.Capabilities with { ConditionalDelete = false };

        public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
        {
            lock (Deleted)
                Deleted.Add(key);
            return base.DeleteAsync(key, WriteCondition.Any, cancellationToken);
        }
    }
}
