using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Moves;

/// <summary>Moves beside people who work on the same cluster, at either place, at any moment.</summary>
public sealed class MoveSafetyTests
{
    private const string Name = "demo.example.com";

    /// <summary>Who does not wait at all: what is held is busy at once.</summary>
    private static readonly JournalOptions Impatient = new() { Poll = TimeSpan.FromMilliseconds(1), Wait = TimeSpan.Zero };

    [Fact]
    public async Task An_edit_at_any_moment_of_a_move_is_at_the_new_place_or_its_editor_was_told()
    {
        var (acknowledged, told) = (0, 0);
        for (var moment = 1; ; moment++)
        {
            var world = new MoveWorld();
            await world.PutAsync(Name);
            var (wasEdited, writes, edited) = (false, 0, (bool?)null);
            async Task EditAsync(string key)
            {
                if (wasEdited || Interlocked.Increment(ref writes) != moment)
                    return;
                wasEdited = true;
                edited = await TryEditAsync(world.Process(user: "bob", options: Impatient).From, "alpha");
            }

            var (old, @new) = (
                new CrashDriver(world.Old) { BeforeWrite = EditAsync },
                new CrashDriver(world.New) { BeforeWrite = EditAsync }
            );
            await world.Process(old, @new, options: new JournalOptions()).Move.RunAsync(Name, new TransferMeter());
            if (edited is null)
                break;
            (acknowledged, told) = edited.Value ? (acknowledged + 1, told) : (acknowledged, told + 1);
            var arrived = await world.NewRoot.Join(Name, "config").ReadTextAsync();
            Assert.Equal(edited.Value, arrived!.Contains("channel: alpha", StringComparison.Ordinal));
            Assert.Empty(await world.Process().From.ListPendingAsync());
            Assert.Empty(await world.Process().To.ListPendingAsync());
        }

        Assert.InRange(acknowledged, 5, 1000);
        Assert.InRange(told, 5, 1000);
    }

    [Fact]
    public async Task Who_waits_for_a_move_is_told_at_its_end_where_the_cluster_is()
    {
        var world = new MoveWorld();
        await world.PutAsync(Name);
        var patient = new JournalOptions { Poll = TimeSpan.FromMilliseconds(1) };
        Task<bool>? edit = null;
        var old = new CrashDriver(world.Old)
        {
            BeforeWrite = async key =>
            {
                // The last writing of the record of the move is its mark.
                if (edit is null && (await MoveRecords.FindAsync(world.OldRoot, Name))?.Status is MoveStatus.Registering)
                    edit = TryEditAsync(world.Process(user: "bob", options: patient).From, "alpha");
            },
        };
        await world.Process(old, options: patient).Move.RunAsync(Name, new TransferMeter());
        Assert.False(await edit!);
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => EditAsync(world.Process(options: patient).From, "alpha"));
        Assert.Contains("has moved to memfs://new: change it there, with --state memfs://new", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_a_cluster_is_on_its_way_to_is_kept_free_also_when_its_move_has_died()
    {
        for (var calls = 1; calls < 60; calls++)
        {
            var world = new MoveWorld();
            await world.PutAsync(Name);
            await DieAsync(() => world.Process(@new: new CrashDriver(world.New, calls)).Move.RunAsync(Name, new TransferMeter()));
            if (
                (await MoveRecords.FindAsync(world.OldRoot, Name))?.Status is MoveStatus.Moved
                || await MoveRecords.FindAsync(world.NewRoot, Name) is null
            )
                continue;
            var (_, _, _, to) = world.Process(user: "bob");
            var create = new ChangeSetBuilder(Name, "create cluster")
                .Write(Files.StoredFile.Absent(world.NewRoot.Join(Name, "instancegroup/theirs")), "theirs"u8.ToArray())
                .Build();
            var refused = await Assert.ThrowsAsync<StateStoreException>(() => to.ApplyAsync(create));
            Assert.Equal(StateErrorKind.Moved, refused.Kind);
            Assert.Contains(
                "on its way from memfs://old to this store, by alice@host: let that move end, or run 'kops state move "
                    + "demo.example.com --state memfs://old --to memfs://new --yes'",
                refused.Message,
                StringComparison.Ordinal
            );
            await world.MoveAsync(Name);
            Assert.IsType<ApplyResult.Applied>(await to.ApplyAsync(create));
        }
    }

    [Fact]
    public async Task A_cluster_that_another_program_makes_at_the_new_place_of_an_interrupted_move_is_left_as_it_is()
    {
        var refusals = 0;
        for (var calls = 1; calls < 40; calls++)
        {
            var world = new MoveWorld();
            await world.PutAsync(Name);
            await DieAsync(() => world.Process(@new: new CrashDriver(world.New, calls)).Move.RunAsync(Name, new TransferMeter()));
            if (await world.NewRoot.Join(Name, "config").StatAsync() is not null)
                break;

            // It knows nothing of records: kOps.
            foreach (
                var key in (string[])["config", "instancegroup/nodes", "instancegroup/theirs", "pki/private/kubernetes-ca/keyset.yaml"]
            )
                await world.NewRoot.Join(Name, key).WriteTextAsync($"their {key}", WriteCondition.Any);
            var before = await MoveWorld.FilesAsync(world.NewRoot);
            await Assert.ThrowsAsync<StateStoreException>(() => world.MoveAsync(Name));
            await DieAsync(() => world.Process(user: "carol").Finish.PlanAsync(Name));
            Assert.Equal(before, await MoveWorld.FilesAsync(world.NewRoot));
            refusals++;
        }

        Assert.InRange(refusals, 5, 40);
    }

    [Fact]
    public async Task A_file_of_somebody_else_among_those_that_were_copied_stays_and_stops_the_move()
    {
        foreach (var key in (string[])["instancegroup/nodes", "instancegroup/theirs", "backups/etcd/main/000001/etcd.backup.gz"])
        {
            var world = new MoveWorld();
            await world.PutAsync(Name);
            await DieAsync(() => world.Process(@new: new CrashDriver(world.New, 20)).Move.RunAsync(Name, new TransferMeter()));
            await world.NewRoot.Join(Name, key).WriteTextAsync("theirs", WriteCondition.Any);
            var refused = await Assert.ThrowsAsync<StateStoreException>(() => world.MoveAsync(Name));
            Assert.Contains($"memfs://new/{Name}/{key}", refused.Message, StringComparison.Ordinal);
            Assert.Equal("theirs", await world.NewRoot.Join(Name, key).ReadTextAsync());
        }
    }

    [Theory]
    [InlineData("backups/etcd/main/000777/etcd.backup.gz")]
    [InlineData("pki/private/etcd-peers-ca/keyset.yaml")]
    [InlineData("instancegroup/late")]
    public async Task What_came_while_finishing_was_interrupted_is_named_and_stays(string key)
    {
        var interrupted = 0;
        for (var calls = 1; ; calls++)
        {
            var world = new MoveWorld();
            await world.PutAsync(Name, isDeployed: false);
            await world.MoveAsync(Name);
            var finish = world.Process(old: new CrashDriver(world.Old, calls)).Finish;
            if (!await DieAsync(async () => await finish.RunAsync(await finish.PlanAsync(Name))))
                break;
            interrupted++;
            await world.OldRoot.Join(Name, key).WriteTextAsync("late", WriteCondition.Any);

            var (_, again, from, _) = world.Process(user: "bob");
            await from.RecoverAllAsync();
            if ((await MoveRecords.FindAsync(world.OldRoot, Name))!.Status is MoveStatus.Finished)
                continue;
            var refused = await Assert.ThrowsAsync<StateStoreException>(async () => await again.RunAsync(await again.PlanAsync(Name)));
            Assert.Contains($"memfs://old/{Name}/{key}", refused.Message, StringComparison.Ordinal);
            Assert.Equal("late", await world.OldRoot.Join(Name, key).ReadTextAsync());

            // Brought over, it holds nothing up.
            await world.NewRoot.Join(Name, key).WriteTextAsync("late", WriteCondition.Any);
            await again.RunAsync(await again.PlanAsync(Name));
            Assert.Empty(await MoveWorld.FilesAsync(world.OldRoot));
        }

        Assert.InRange(interrupted, 20, 200);
    }

    [Theory]
    [InlineData("b.example.com")]
    [InlineData(".kops/history/demo.example.com")]
    [InlineData("b.example.com/demo.example.com")]
    public async Task A_record_that_names_what_is_not_the_clusters_removes_nothing_of_it(string key)
    {
        var world = new MoveWorld();
        await world.PutAsync(Name, isDeployed: false);
        await world.WriteAsync("b.example.com/config", ClusterExample.Cluster("b.example.com"));
        await world.WriteAsync("b.example.com/demo.example.com/pki/ca", "theirs");
        await world.MoveAsync(Name);
        var path = world.OldRoot.Join(".kops/moves", $"{Name}.json");
        var record = (await path.ReadTextAsync())!;
        var first = record.IndexOf("\"key\": \"demo.example.com\"", StringComparison.Ordinal);
        await path.WriteTextAsync(record.Remove(first, 25).Insert(first, $"\"key\": \"{key}\""), WriteCondition.Any);
        var before = await MoveWorld.FilesAsync(world.OldRoot);
        var (_, finish, _, _) = world.Process();
        var plan = await finish.PlanAsync(Name);
        Assert.Contains($"memfs://old/{key}", plan.Left.Select(place => place.ToString()));
        await finish.RunAsync(plan);
        Assert.Equal(
            before.Keys.Where(file => !file.StartsWith("keys/", StringComparison.Ordinal)),
            (await MoveWorld.FilesAsync(world.OldRoot)).Keys
        );
    }

    private static async Task<bool> TryEditAsync(ClusterStore store, string channel)
    {
        try
        {
            return await EditAsync(store, channel) is ApplyResult.Applied;
        }
        catch (StateStoreException told) when (told.Kind is StateErrorKind.Busy or StateErrorKind.Moved)
        {
            return false;
        }
    }

    private static async Task<ApplyResult> EditAsync(ClusterStore store, string channel)
    {
        var state = (await store.ReadAsync(Name))!;
        var cluster = state.Cluster.Copy();
        cluster.Spec.Channel = channel;
        return await store.ApplyAsync(store.Change(state, "edit cluster").ReplaceCluster(state.Cluster, cluster).Build());
    }

    /// <summary>Whether it died; other ends are no matter of whoever asks.</summary>
    private static async Task<bool> DieAsync(Func<Task> act)
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
        catch (StateStoreException)
        {
            return false;
        }
    }

    /// <summary>
    /// A mover dies while what it sent last is on its way. By the time that it arrives, another has taken over what the mover held, and
    /// changed the cluster: the mark must find the record otherwise than it was.
    /// </summary>
    [Fact]
    public async Task A_mark_that_arrives_after_its_mover_died_marks_nothing()
    {
        var world = new MoveWorld();
        await world.PutAsync(Name);
        var late = new LateWrite(world.Old, (key, text) => key.Contains("/moves/", StringComparison.Ordinal) && text.Contains("\"moved\""));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Process(late).Move.RunAsync(Name, new TransferMeter()));

        var from = world.Process(user: "bob").From;
        await from.RecoverAsync(Name);
        var state = (await from.ReadAsync(Name))!;
        var changed = state.Cluster.Copy();
        changed.Spec.Channel = "alpha";
        Assert.IsType<ApplyResult.Applied>(
            await from.ApplyAsync(from.Change(state, "edit").ReplaceCluster(state.Cluster, changed).Build())
        );

        Assert.Equal(WriteResult.Conflict, (await late.ArriveAsync()).Result);
        await world.MoveAsync(Name);
        Assert.Equal("alpha", (await world.Process().To.ReadAsync(Name))!.Cluster.Value.Spec.Channel);
    }

    [Fact]
    public async Task A_reservation_that_arrives_after_its_mover_died_keeps_nobody_out()
    {
        var world = new MoveWorld();
        await world.PutAsync(Name);
        var late = new LateWrite(world.New, (key, _) => key.Contains("/moves/", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Process(@new: late).Move.RunAsync(Name, new TransferMeter()));

        var to = world.Process(user: "bob").To;
        await to.RecoverAsync(Name);

        Assert.Equal(WriteResult.Conflict, (await late.ArriveAsync()).Result);
        Assert.Null(await MoveRecords.FindAsync(world.NewRoot, Name));
    }

    /// <summary>Holds one write back and dies with it; it arrives when it is told to.</summary>
    private sealed class LateWrite(IStoreDriver inner, Func<string, string, bool> isIt) : StoreLayer(inner)
    {
        private (string Key, byte[] Bytes, WriteCondition Condition)? _held;

        public async ValueTask<WriteOutcome> ArriveAsync()
        {
            var (key, bytes, condition) = _held!.Value;
            return await Inner.PutAsync(key, ObjectBody.FromBytes(bytes), condition, CancellationToken.None);
        }

        public override async ValueTask<WriteOutcome> PutAsync(
            string key,
            ObjectBody body,
            WriteCondition condition,
            CancellationToken cancellationToken
        )
        {
            if (_held is not null)
                throw new CrashException();
            using var bytes = new MemoryStream();
            await using (var stream = await body.OpenAsync(cancellationToken))
                await stream.CopyToAsync(bytes, cancellationToken);
            if (!isIt(key, Encoding.UTF8.GetString(bytes.ToArray())))
                return await base.PutAsync(key, body, condition, cancellationToken);
            _held = (key, bytes.ToArray(), condition);
            throw new CrashException();
        }

        public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
            _held is null ? base.DeleteAsync(key, condition, cancellationToken) : throw new CrashException();
    }
}
