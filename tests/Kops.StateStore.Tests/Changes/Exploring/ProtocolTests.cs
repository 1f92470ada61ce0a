using System.Text;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Exploring;

/// <summary>
/// The protocol of changes, explored: the real classes, in every order of their calls to a store, with crashes, failures, lost answers and
/// stalls at each. No acknowledged change is lost, none is made twice, and the records explain the end.
/// </summary>
public sealed class ProtocolTests(ITestOutputHelper output)
{
    /// <summary>Where there are more, the first so many are run, always the same: the last choices vary first.</summary>
    private static int MaxSchedules { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_SCHEDULES"), out var schedules) ? schedules : 2_000;

    /// <summary>Whether the store keeps marks, and whether its versions name writes.</summary>
    public static TheoryData<bool, bool> Stores() =>
        new()
        {
            { true, true },
            { true, false },
            { false, true },
            { false, false },
        };

    public static TheoryData<bool, bool, int> StoresWithCrashesOrStalls()
    {
        var rows = new TheoryData<bool, bool, int>();
        foreach (var marks in (bool[])[true, false])
        foreach (var versions in (bool[])[true, false])
        foreach (var crashes in (int[])[0, 1])
            rows.Add(marks, versions, crashes);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_writers_of_two_files(bool keepsMarks, bool versionsNameWrites) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites, ("config", ""), ("addons/a", "")),
            [Programs.Append("one", "config", "addons/a"), Programs.Append("two", "config", "addons/a")],
            new Bounds(Crashes: 1, Stalls: 1),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config", "addons/a");
                ending.IsTrue(processes[1], "two", "config", "addons/a");
            }
        );

    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_writers_and_one_who_settles_what_they_leave(bool keepsMarks, bool versionsNameWrites) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites, ("config", ""), ("addons/a", "")),
            [Programs.Append("one", "config", "addons/a"), Programs.Append("two", "config"), Programs.Recover()],
            new Bounds(Crashes: 1, Stalls: 1),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config", "addons/a");
                ending.IsTrue(processes[1], "two", "config");
            }
        );

    [Theory]
    [MemberData(nameof(Stores))]
    public void Three_writers_of_one_file(bool keepsMarks, bool versionsNameWrites) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites, ("config", "")),
            [Programs.Append("one", "config"), Programs.Append("two", "config"), Programs.Append("three", "config")],
            new Bounds(Stalls: 1),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config");
                ending.IsTrue(processes[1], "two", "config");
                ending.IsTrue(processes[2], "three", "config");
            }
        );

    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_writers_whose_requests_fail_or_whose_answers_are_lost(bool keepsMarks, bool versionsNameWrites) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites, ("config", ""), ("addons/a", "")),
            [Programs.Append("one", "config", "addons/a"), Programs.Append("two", "config")],
            new Bounds(Failures: 1),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config", "addons/a");
                ending.IsTrue(processes[1], "two", "config");
            }
        );

    /// <summary>Two people create one cluster at once: their Cluster objects are equal, their groups differ.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_who_create_one_cluster(bool keepsMarks, bool versionsNameWrites) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites),
            [
                Programs.Create("one", "config=same", "instancegroup/nodes=small"),
                Programs.Create("two", "config=same", "instancegroup/nodes=large"),
            ],
            new Bounds(Crashes: 1, Stalls: 1),
            (ending, processes) =>
            {
                Assert.False(processes.All(process => process.Told is ApplyResult.Applied), "both were told that they made it");
                foreach (var (process, size) in processes.Zip(["small", "large"]))
                {
                    if (process.Told is ApplyResult.Applied)
                        Assert.Equal(("same", size), (ending.Text("config"), ending.Text("instancegroup/nodes")));
                }
            }
        );

    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_who_delete_one_group(bool keepsMarks, bool versionsNameWrites) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites, ("instancegroup/nodes", "nodes"), ("addons/a", "a")),
            [Programs.Delete("one", "instancegroup/nodes"), Programs.Delete("two", "instancegroup/nodes", "addons/a")],
            new Bounds(Crashes: 1, Stalls: 1),
            (ending, processes) =>
            {
                // Who came later has seen that the group is gone, and was told nothing else: the history has one who deleted it.
                Assert.Equal(
                    ending.Has("instancegroup/nodes") ? 0 : 1,
                    ending.History.Count(record =>
                        record.Outcome is ChangeOutcome.Applied
                        && record.Files.Any(file => file.Path.EndsWith("/nodes", StringComparison.Ordinal))
                    )
                );
                if (processes[0].Told is ApplyResult.Applied)
                    Assert.Contains(ending.History, record => record is { Title: "one", Outcome: ChangeOutcome.Applied });
            }
        );

    /// <summary>A secret is not kept: from the moment that it is replaced a change can only be finished.</summary>
    [Theory]
    [MemberData(nameof(StoresWithCrashesOrStalls))]
    public void A_writer_who_replaces_a_secret_and_one_who_does_not(bool keepsMarks, bool versionsNameWrites, int crashes) =>
        Explore(
            () => Store(keepsMarks, versionsNameWrites, ("config", ""), ("secrets/s", "")),
            [Programs.Append("one", "secrets/s", "config"), Programs.Append("two", "config")],
            new Bounds(Crashes: crashes, Stalls: 1 - crashes),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "secrets/s", "config");
                ending.IsTrue(processes[1], "two", "config");
            }
        );

    /// <summary>
    /// A process dies, and a request of it arrives when others have gone on. Nobody can take that back, and nobody's change is lost by it:
    /// it is made only where nothing was changed since, or not at all.
    /// </summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void A_request_that_arrives_when_its_process_is_dead(bool keepsMarks, bool versionsNameWrites)
    {
        var explorer = new Explorer(
            () => Store(keepsMarks, versionsNameWrites, ("config", ""), ("addons/a", "")),
            [Programs.Append("one", "config", "addons/a"), Programs.Append("two", "config", "addons/a")],
            new Bounds(Stalls: 1, OnTheWay: 1)
        );

        explorer.Run(
            (store, processes) =>
            {
                var ending = Ending.Of(store);
                foreach (var (process, name) in processes.Zip(["one", "two"]))
                {
                    if (process.Told is ApplyResult.Applied)
                        Assert.All(["config", "addons/a"], key => Assert.Contains(name + ";", ending.Text(key), StringComparison.Ordinal));
                    Assert.All(["config", "addons/a"], key => Assert.True(ending.Text(key).Split(name + ";").Length <= 2, "made twice"));
                }
            },
            MaxSchedules
        );
        Report(explorer);
    }

    private void Explore(
        Func<ExploredStore> newStore,
        IReadOnlyList<Func<ExploredProcess, Task>> programs,
        Bounds bounds,
        Action<Ending, IReadOnlyList<ExploredProcess>> check
    )
    {
        var explorer = new Explorer(newStore, programs, bounds);
        explorer.Run(
            (store, processes) =>
            {
                Assert.All(processes, process => Assert.True(process.HasCrashed || process.IsDone, "a process waits for ever"));
                Assert.All(processes.Where(process => process.Run!.IsFaulted), process => process.Run!.GetAwaiter().GetResult());
                var ending = Ending.Of(store);
                ending.IsNumbered();
                ending.IsExplained(newStore());
                check(ending, processes);
            },
            MaxSchedules
        );
        Report(explorer);
    }

    private void Report(Explorer explorer)
    {
        var reach = explorer.Schedules < MaxSchedules ? "all" : "the first";
        output.WriteLine($"{reach} {explorer.Schedules} schedules, {explorer.Ends} to their end, {explorer.States} states");
        Assert.True(explorer.Schedules > 100, $"{explorer.Schedules} schedules are not all");
    }

    private static ExploredStore Store(bool keepsMarks, bool versionsNameWrites, params (string Key, string Text)[] files)
    {
        var store = new ExploredStore(keepsMarks, versionsNameWrites);
        foreach (var (key, text) in files)
            store.Put($"{Programs.Cluster}/{key}", Encoding.UTF8.GetBytes(text), WriteCondition.Any);
        return store;
    }
}
