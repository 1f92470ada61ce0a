using System.Diagnostics;
using Kops.Cli.Tests.Stores;
using Kops.StateStore.Changes;
using Xunit;

namespace Kops.Cli.Tests.Races;

/// <summary>Pushes of two people at once, and of one whose process is killed.</summary>
public sealed class PushTests(TestServers servers) : RaceTests
{
    private const string Groups = $"{Name}/instancegroups";

    [Theory]
    [InlineData("file")]
    [InlineData("s3")]
    public async Task Of_two_that_overlap_all_that_one_was_told_stands_and_the_other_changed_nothing(string scheme)
    {
        var store = await servers.CreateStoreAsync(scheme, Desk);
        await SetUpGroupsAsync(store);
        var told = new int[3];
        for (var i = 0; i < Races; i++)
        {
            // Both edit b.
            var (mine, yours) = (await PullAsync(store, $"mine{i}"), await PullAsync(store, $"yours{i}"));
            var (my, your) = (10 + (2 * i), 11 + (2 * i));
            Edit(mine, my, "a", "b");
            Edit(yours, your, "b", "c");
            var before = await SizesAsync(store);

            var runs = await Task.WhenAll(RunAsync(store, $"state push {mine} --yes"), RunAsync(store, $"state push {yours} --yes"));

            var after = await SizesAsync(store);
            Assert.All(runs, run => Assert.True(run.ExitCode is 0 or 3, run.Error));
            Assert.False(runs.All(run => run.ExitCode == 0), "both were told that they changed one file from one state to two others");
            Assert.Equal(
                runs[0].ExitCode == 0 ? [my, my, before[2]]
                    : runs[1].ExitCode == 0 ? [before[0], your, your]
                    : before,
                after
            );
            told[runs.Count(run => run.ExitCode == 0)]++;
            Assert.Empty(await PendingAsync(store));
        }

        Assert.Equal(1 + 3 + told[1], (await HistoryAsync(store, Name)).Count(record => record.Outcome is ChangeOutcome.Applied));
        Tell($"of {Races} pairs one was told so {told[1]} times, none {told[0]} times");
    }

    [Theory]
    [InlineData("file")]
    [InlineData("s3")]
    public async Task One_that_was_made_and_then_killed_is_known_as_made(string scheme)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var store = await servers.CreateStoreAsync(scheme, Desk);
        await SetUpGroupsAsync(store);
        var (killed, made) = (0, 0);
        for (var i = 0; i < Races; i++)
        {
            var (directory, wanted) = (await PullAsync(store, $"killed{i}"), 10 + i);
            Edit(directory, wanted, "a", "b", "c");
            using (var push = Process.Start(Describe(store, $"state push {directory} --yes"))!)
            {
                _ = push.StandardOutput.ReadToEndAsync(Token);
                _ = push.StandardError.ReadToEndAsync(Token);
                while (!push.HasExited && (await SizesAsync(store)).All(size => size != wanted)) { }
                push.Kill();
                await push.WaitForExitAsync(Token);
                killed += push.ExitCode == 0 ? 0 : 1;
            }

            var again = await RunAsync(store, $"state push {directory} --yes");

            Assert.True(again.ExitCode == 0, again.Error);
            Assert.All(await SizesAsync(store), size => Assert.Equal(wanted, size));
            made += again.Out.Contains("nothing to push", StringComparison.Ordinal) ? 1 : 0;
            var pull = await RunAsync(store, $"state pull {directory}");
            Assert.True(pull.ExitCode == 0, pull.Error);
        }

        Tell($"of {Races} pushes {killed} were killed; {made} were told the second time that there is nothing to push");
    }

    private async Task SetUpGroupsAsync(StoreAtHand store)
    {
        await SetUpAsync(store);
        foreach (var group in (string[])["a", "b", "c"])
            await DoneAsync(store, $"create instancegroup {group} --role node --subnet us-east-1a --edit=false --name {Name}");
    }

    private async Task<string> PullAsync(StoreAtHand store, string name)
    {
        var directory = Desk.PathOf(name);
        await DoneAsync(store, $"state pull {directory} {Name}");
        return directory;
    }

    private static void Edit(string directory, int size, params string[] groups)
    {
        foreach (var file in groups.Select(group => Path.Combine(directory, Groups, group + ".yaml")))
            File.WriteAllLines(
                file,
                File.ReadAllLines(file)
                    .Select(line => line.StartsWith("  maxSize:", StringComparison.Ordinal) ? $"  maxSize: {size}" : line)
            );
    }

    /// <summary>The largest numbers of machines of the groups a, b and c.</summary>
    private Task<int?[]> SizesAsync(StoreAtHand store) =>
        WithStateAsync(
            store,
            async state =>
                (await state.ReadAsync(Name, Token))!
                    .InstanceGroups.OrderBy(group => group.Name, StringComparer.Ordinal)
                    .Select(group => group.Value.Spec.MaxSize)
                    .Take(3)
                    .ToArray()
        );

    private async Task DoneAsync(StoreAtHand store, string command)
    {
        var run = await RunAsync(store, command);
        Assert.True(run.ExitCode == 0, $"kops {command}: {run.Error}");
    }
}
