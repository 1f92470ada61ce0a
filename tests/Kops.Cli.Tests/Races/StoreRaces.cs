using System.Diagnostics;
using System.Text.RegularExpressions;
using Kops.Cli.Tests.Stores;
using Kops.StateStore;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>
/// People at one cluster at one time, each a process: whoever is told that it was done finds it done, and nobody takes back what another
/// was told.
/// </summary>
public abstract partial class StoreRaces : RaceTests
{
    /// <summary>Whether files tell who wrote them.</summary>
    private protected virtual bool KeepsMarks => true;

    [Fact]
    public async Task Of_two_who_create_one_cluster_with_other_machines_all_that_one_was_told_stands()
    {
        var store = await CreateAsync();
        var told = new int[3];
        for (var i = 0; i < Races; i++)
        {
            var cluster = $"c{i}.example.com";
            string[] sizes = ["m5.large", "m5.xlarge"];
            var runs = await Task.WhenAll(
                sizes.Select(size => RunAsync(store, $"create cluster {cluster} --cloud aws --zones us-east-1a --node-size {size}"))
            );

            // Who came when all was done already has changed what the other made, which is told.
            var history = await HistoryAsync(store, cluster);
            Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 3, run.Error));
            Assert.Equal(runs.Count(run => run.ExitCode == 0), history.Count);
            Assert.Equal(Size().Match(history[0].Title).Value, await MachineTypeAsync(store, cluster));
            Assert.Empty(await PendingAsync(store));
            told[history.Count]++;
        }

        Tell($"one was told so {told[1]} times, both one after the other {told[2]} times");
    }

    [Fact]
    public async Task Of_two_who_create_one_instance_group_or_delete_it_one_is_told_that_it_did()
    {
        var store = await CreateAsync();
        await SetUpAsync(store);
        for (var i = 0; i < Races; i++)
        {
            foreach (
                var command in (string[])
                    [
                        $"create instancegroup g{i} --role node --subnet us-east-1a --edit=false --name {Name}",
                        $"delete instancegroup g{i} --name {Name} --yes",
                    ]
            )
            {
                var runs = await Task.WhenAll(RunAsync(store, command), RunAsync(store, command));

                Assert.Single(runs, run => run.ExitCode == 0);
                Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 1 or 3 or 4, run.Error));
            }
        }

        // The cluster, and for each race one that created and one that deleted.
        var applied = (await HistoryAsync(store, Name)).Where(record => record.Outcome is ChangeOutcome.Applied).ToList();
        // Where files bear no marks, one who was told of a conflict may have made the same file: that stays on record.
        Assert.True(
            applied.Count == 1 + (2 * Races) || (!KeepsMarks && applied.Count <= 1 + (4 * Races)),
            string.Join('\n', applied.Select(record => $"{record.Id} {record.Title} {record.RecoveredBy}"))
        );
    }

    [Fact]
    public async Task A_writer_who_is_stopped_for_longer_than_a_lease_takes_nothing_back_and_is_told_the_truth()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped as on Linux");
        var store = await CreateAsync();
        var (taken, done, heldUp) = (0, 0, 0);
        for (var i = 0; i < Races; i++)
        {
            var cluster = $"s{i}.example.com";
            Assert.Equal(0, (await RunAsync(store, $"create cluster {cluster} --cloud aws --zones us-east-1a")).ExitCode);
            var start = Describe(store, $"update cluster {cluster} --yes");
            using var late = Process.Start(start)!;
            var output = late.StandardOutput.ReadToEndAsync(Token);
            var error = late.StandardError.ReadToEndAsync(Token);
            if (!await WaitForWritingAsync(store, cluster, late, isBegun: i % 2 == 0))
                continue;
            await SignalAsync(late, "STOP");

            // Somebody on another machine, who sees nothing of that process and does not wait for long.
            var told = await TryEditAsync(store, cluster, i);
            await SignalAsync(late, "CONT");
            await late.WaitForExitAsync(Token);

            // Who is stopped in the middle of one write has the directory's lock. Nobody can write then, nor take it over.
            if (told is null)
            {
                heldUp++;
                Assert.True(late.ExitCode == 0, await error);
                told = await EditAsync(store, cluster, i);
            }

            Assert.IsType<ApplyResult.Applied>(told);
            Assert.Equal(Channel(i), await ChannelAsync(store, cluster));
            var history = await HistoryAsync(store, cluster);

            // What arrived after it was undone is taken back under a record of its own.
            var mine = history.FirstOrDefault(record => record.Title.StartsWith("update", StringComparison.Ordinal));
            Assert.Equal(mine?.Outcome is ChangeOutcome.Applied, late.ExitCode == 0);
            Assert.True(
                late.ExitCode == 0 || (await error).Contains("error", StringComparison.OrdinalIgnoreCase),
                await error + await output
            );
            Assert.Empty(await PendingAsync(store));
            taken += mine?.RecoveredBy is null ? 0 : 1;
            done += late.ExitCode == 0 ? 1 : 0;
        }

        Tell(
            $"of {Races} who were stopped {taken} were taken over, {heldUp} held everybody up, and {done} were told that their change was "
                + "made"
        );
    }

    /// <summary>Makes an empty store; skips the test where the machine cannot.</summary>
    protected abstract ValueTask<StoreAtHand> CreateAsync();

    /// <summary>Changes the channel; null where the store says that a process which does not go on has the lock of a directory.</summary>
    private async Task<ApplyResult?> TryEditAsync(StoreAtHand store, string cluster, int i)
    {
        try
        {
            return await EditAsync(store, cluster, i);
        }
        catch (StoreException error) when (error.Message.Contains("has held the lock on the directory", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private Task<string?> MachineTypeAsync(StoreAtHand store, string cluster) =>
        WithStateAsync(
            store,
            async state =>
                (await state.ReadAsync(cluster, Token))!
                    .InstanceGroups.Single(group => group.Name.StartsWith("nodes", StringComparison.Ordinal))
                    .Value.Spec.MachineType
        );

    /// <summary>Waits until a process has written its record, or its first key; false when it was too quick.</summary>
    private async Task<bool> WaitForWritingAsync(StoreAtHand store, string cluster, Process process, bool isBegun) =>
        await WithStateAsync(
            store,
            async state =>
            {
                var keys = state.LayoutOf(cluster).Keysets;
                while (!process.HasExited)
                {
                    if (
                        isBegun ? await keys.ListTreeAsync(Token).AnyAsync(Token) : await state.FindPendingAsync(cluster, Token) is not null
                    )
                        return true;
                }

                return false;
            }
        );

    [GeneratedRegex("m5\\.[a-z]+")]
    private static partial Regex Size();
}
