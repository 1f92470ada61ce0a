using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Moves;

public sealed class ClusterMoveTests
{
    private const string Name = "demo.example.com";
    private readonly MoveWorld _world = new();

    [Fact]
    public async Task A_plan_says_where_each_place_is_before_and_after_and_writes_nothing()
    {
        await _world.PutAsync(Name);
        var before = await MoveWorld.FilesAsync(_world.OldRoot);
        var plan = await _world.Process().Move.PlanAsync(Name);
        Assert.Equal(
            [
                "registry memfs://old/demo.example.com > memfs://new/demo.example.com",
                "configBase memfs://old/demo.example.com > memfs://new/demo.example.com",
                "keyStore memfs://old/keys/demo.example.com > memfs://new/keys/demo.example.com",
                "secretStore memfs://elsewhere/demo.example.com stays",
                "backupStore of main memfs://old/demo.example.com/backups/etcd/main > memfs://new/demo.example.com/backups/etcd/main",
            ],
            plan!.Places.Select(place =>
                place.Stays ? $"{place.Name} {place.Before} stays" : $"{place.Name} {place.Before} > {place.After}"
            )
        );
        Assert.Equal(
            ["spec.configBase", "spec.etcdClusters[main].backups.backupStore", "spec.keyStore"],
            plan.Fields.Select(field => field.Path.ToString()).Order()
        );
        Assert.Equal(9, (await ClusterMove.MeasureAsync(plan)).Files);
        Assert.Equal(before, await MoveWorld.FilesAsync(_world.OldRoot));
        Assert.Empty(await MoveWorld.FilesAsync(_world.NewRoot));
    }

    [Fact]
    public async Task A_move_ends_as_copying_by_hand_and_editing_the_paths_would()
    {
        await _world.PutAsync(Name);
        await _world.MoveAsync(Name);
        var byHand = new SortedDictionary<string, string>(await MoveWorld.FilesAsync(_world.OldRoot), StringComparer.Ordinal);
        byHand[$"{Name}/config"] = byHand[$"{Name}/config"]
            .Replace("memfs://old/", "memfs://new/", StringComparison.Ordinal)
            .Replace($"  name: {Name}\n", $"  generation: 1\n  name: {Name}\n", StringComparison.Ordinal);
        Assert.Equal(byHand, await MoveWorld.FilesAsync(_world.NewRoot));
    }

    [Fact]
    public async Task The_old_files_stay_and_are_marked_until_the_move_is_finished()
    {
        await _world.PutAsync(Name, isDeployed: false);
        var before = await MoveWorld.FilesAsync(_world.OldRoot);
        await _world.MoveAsync(Name);
        Assert.Equal(before, await MoveWorld.FilesAsync(_world.OldRoot));
        Assert.Equal(MoveStatus.Moved, (await MoveRecords.FindAsync(_world.OldRoot, Name))!.Status);

        var (_, finish, _, _) = _world.Process(user: "bob");
        Assert.Equal(7, await finish.RunAsync(await finish.PlanAsync(Name)));
        Assert.Empty(await MoveWorld.FilesAsync(_world.OldRoot));
        Assert.Equal(MoveStatus.Finished, (await MoveRecords.FindAsync(_world.OldRoot, Name))!.Status);
    }

    [Fact]
    public async Task A_deployed_cluster_is_not_finished_before_it_was_updated_at_its_new_place()
    {
        await _world.PutAsync(Name);
        await _world.MoveAsync(Name);
        var (_, finish, _, _) = _world.Process();
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => finish.PlanAsync(Name));
        Assert.Contains("kops update cluster demo.example.com --state memfs://new --yes", refused.Message, StringComparison.Ordinal);

        await _world
            .NewRoot.Join(Name, "cluster-completed.spec")
            .WriteTextAsync("configBase: memfs://new/demo.example.com\n", WriteCondition.Any);
        Assert.Equal(9, await finish.RunAsync(await finish.PlanAsync(Name)));
    }

    [Theory]
    [InlineData("demo.example.com/instancegroup/nodes")]
    [InlineData("demo.example.com/config")]
    [InlineData("demo.example.com/backups/etcd/main/999/etcd.backup.gz")]
    public async Task What_changed_at_the_old_place_after_the_move_is_never_removed(string key)
    {
        await _world.PutAsync(Name, isDeployed: false);
        await _world.MoveAsync(Name);
        await _world.WriteAsync(
            key,
            key.EndsWith("config", StringComparison.Ordinal)
                ? (await _world.OldRoot.Join(key).ReadTextAsync())!.Replace("stable", "alpha", StringComparison.Ordinal)
                : "changed"
        );
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => _world.Process().Finish.PlanAsync(Name));
        Assert.Contains("changed at memfs://old after it had moved", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_missing_at_the_new_place_keeps_the_old_files()
    {
        await _world.PutAsync(Name, isDeployed: false);
        await _world.MoveAsync(Name);
        await _world.NewRoot.Join("keys", Name, "private/kubernetes-ca/keyset.yaml").DeleteAsync(WriteCondition.Any);
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => _world.Process().Finish.PlanAsync(Name));
        Assert.Contains(
            "private/kubernetes-ca/keyset.yaml is missing at memfs://new/keys/demo.example.com",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Files_that_change_while_it_copies_are_copied_again()
    {
        await _world.PutAsync(Name);
        var changes = new Queue<(string Key, string Text)>([
            ($"{Name}/instancegroup/nodes", ClusterExample.Group("nodes", 5)),
            ($"{Name}/instancegroup/more", ClusterExample.Group("more")),
            (
                $"{Name}/config",
                (await _world.OldRoot.Join(Name, "config").ReadTextAsync())!.Replace("stable", "alpha", StringComparison.Ordinal)
            ),
        ]);
        var target = new CrashDriver(_world.New)
        {
            BeforeWrite = async key =>
            {
                if (
                    key.EndsWith("clusteraddons/default", StringComparison.Ordinal)
                    || key.EndsWith("instancegroup/more", StringComparison.Ordinal)
                    || key.EndsWith(".kops/history", StringComparison.Ordinal)
                    || key == $"{Name}/config"
                )
                {
                    if (changes.TryDequeue(out var change))
                        await _world.WriteAsync(change.Key, change.Text);
                    if (changes.TryDequeue(out change))
                        await _world.WriteAsync(change.Key, change.Text);
                }
            },
        };
        await _world.Process(@new: target).Move.RunAsync(Name, new TransferMeter());
        Assert.Empty(changes);
        var (old, @new) = (await MoveWorld.FilesAsync(_world.OldRoot), await MoveWorld.FilesAsync(_world.NewRoot));
        Assert.Equal(old.Keys, @new.Keys);
        Assert.All(old.Where(file => file.Key != $"{Name}/config"), file => Assert.Equal(file.Value, @new[file.Key]));
        Assert.Contains("channel: alpha", @new[$"{Name}/config"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_the_place_of_nothing()
    {
        await _world.PutAsync(Name);
        await _world.NewRoot.Join(Name, "config").WriteTextAsync("another cluster", WriteCondition.Any);
        var refused = await Assert.ThrowsAsync<StateStoreException>(() => _world.MoveAsync(Name));
        Assert.Equal(StateErrorKind.AlreadyExists, refused.Kind);
        Assert.Equal("another cluster", await _world.NewRoot.Join(Name, "config").ReadTextAsync());
        Assert.Null(await MoveRecords.FindAsync(_world.OldRoot, Name));
    }

    [Fact]
    public async Task A_cluster_that_appears_at_the_new_place_meanwhile_stays()
    {
        await _world.PutAsync(Name);
        var target = new CrashDriver(_world.New)
        {
            BeforeWrite = async key =>
            {
                if (key == $"{Name}/config")
                    await _world.NewRoot.Join(key).WriteTextAsync("another cluster", WriteCondition.Any);
            },
        };
        await Assert.ThrowsAsync<StateStoreException>(() => _world.Process(@new: target).Move.RunAsync(Name, new TransferMeter()));
        Assert.Equal("another cluster", await _world.NewRoot.Join(Name, "config").ReadTextAsync());
        Assert.NotEqual(MoveStatus.Moved, (await MoveRecords.FindAsync(_world.OldRoot, Name))!.Status);
    }

    [Fact]
    public async Task Stopped_anywhere_there_is_a_complete_cluster_and_it_goes_on_to_the_same_end()
    {
        var undisturbed = new MoveWorld();
        await undisturbed.PutAsync(Name, isDeployed: false);
        await undisturbed.MoveAsync(Name);
        var expected = await MoveWorld.FilesAsync(undisturbed.NewRoot);
        var random = new Random(20261122);
        var finished = 0;
        for (var stop = 0; stop < 60; stop++)
        {
            var world = new MoveWorld();
            await world.PutAsync(Name, isDeployed: false);
            var whole = await MoveWorld.FilesAsync(world.OldRoot);

            // Several processes, each of which dies at some moment, on either side of the wire.
            for (var run = 0; run < 4; run++)
            {
                var old = new CrashDriver(world.Old, random.Next(1, 45), random.Next(2) == 0);
                var @new = new CrashDriver(world.New, random.Next(1, 45), random.Next(2) == 0);
                var (move, finish, from, _) = world.Process(old, @new, $"user{run}");
                try
                {
                    await from.RecoverAllAsync();
                    if (
                        (await MoveRecords.FindAsync(world.OldRoot, Name))?.Status
                        is not (MoveStatus.Moved or MoveStatus.Finishing or MoveStatus.Finished)
                    )
                        await move.RunAsync(Name, new TransferMeter());
                    await finish.RunAsync(await finish.PlanAsync(Name));
                    finished++;
                }
                catch (Exception death) when (death is CrashException || death.InnerException is CrashException) { }
                catch (StateStoreException end) when (end.Kind is StateErrorKind.NotFound)
                {
                    // It is all over already.
                }

                await AssertCompleteAsync(world, whole, expected);
                world.Clock.Advance(TimeSpan.FromMinutes(2));
            }

            var (last, end2, source, _) = world.Process(user: "last");
            await source.RecoverAllAsync();
            if ((await MoveRecords.FindAsync(world.OldRoot, Name))?.Status is null or MoveStatus.Copying or MoveStatus.Registering)
                await last.RunAsync(Name, new TransferMeter());
            if ((await MoveRecords.FindAsync(world.OldRoot, Name))!.Status is not MoveStatus.Finished)
                await end2.RunAsync(await end2.PlanAsync(Name));
            Assert.Empty(await MoveWorld.FilesAsync(world.OldRoot));
            Assert.Equal(expected, await MoveWorld.FilesAsync(world.NewRoot));
        }

        Assert.InRange(finished, 0, 59 * 4);
    }

    [Fact]
    public async Task Moving_one_cluster_lists_nothing_of_the_others()
    {
        const int Others = 200;
        for (var i = 0; i < Others; i++)
        {
            await _world.WriteAsync($"c{i:d4}.example.com/config", ClusterExample.Cluster($"c{i:d4}.example.com"));
            for (var j = 0; j < 750; j++)
                await _world.WriteAsync($"c{i:d4}.example.com/backups/etcd/main/{j}/etcd.backup.gz", "x");
            for (var j = 0; j < 250; j++)
                await _world.WriteAsync($"c{i:d4}.example.com/igconfig/node/{j}", "x");
        }

        await _world.PutAsync(Name);
        var (old, @new) = (new ListedDriver(_world.Old), new ListedDriver(_world.New));
        var process = _world.Process(old, @new);
        Assert.Equal(Others + 1, (await process.From.ListAsync()).Clusters.Count);
        Assert.Equal([":Children"], old.Listed);
        Assert.InRange(old.Rows, 0, Others + 3);

        old.Clear();
        await process.Move.RunAsync(Name, new TransferMeter());
        Assert.All(
            old.Listed.Concat(@new.Listed),
            prefix => Assert.Matches("^(demo.example.com/|keys/demo.example.com/|\\.kops/)", prefix)
        );
        Assert.InRange(old.Rows + @new.Rows, 0, 80);
    }

    /// <summary>All files at the old place, or all at the new one with the Cluster object that makes them a cluster.</summary>
    private static async Task AssertCompleteAsync(
        MoveWorld world,
        SortedDictionary<string, string> old,
        SortedDictionary<string, string> @new
    )
    {
        var (here, there) = (await MoveWorld.FilesAsync(world.OldRoot), await MoveWorld.FilesAsync(world.NewRoot));
        Assert.True(here.SequenceEqual(old) || there.SequenceEqual(@new), "no complete cluster is left");
    }
}
