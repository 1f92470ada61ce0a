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
    /// <summary>
    /// What may go wrong in one schedule of two processes: one thing, or as many as <c>KOPS_TEST_FAULTS</c> says; of three processes, one
    /// thing less. All schedules are run.
    /// </summary>
    private static int Faults { get; } = int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_FAULTS"), out var faults) ? faults : 1;

    private static int Preemptions { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("KOPS_TEST_PREEMPTIONS"), out var preemptions) ? preemptions : 1;

    /// <summary>The kinds of store that there are most of, or with <c>KOPS_TEST_STORES=all</c> all.</summary>
    public static TheoryData<string> Stores() =>
        [.. Environment.GetEnvironmentVariable("KOPS_TEST_STORES") is "all" ? StoreKind.All.Keys : ["file", "s3", "sftp"]];

    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_writers_of_two_files(string kind) =>
        Explore(
            () => Store(kind, ("config", ""), ("addons/a", "")),
            [Programs.Append("one", "config", "addons/a"), Programs.Append("two", "config", "addons/a")],
            new Bounds(Faults),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config", "addons/a");
                ending.IsTrue(processes[1], "two", "config", "addons/a");
            }
        );

    /// <summary>Who was refused reads again, and tries once more.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_writers_of_one_file_who_try_twice(string kind) =>
        Explore(
            () => Store(kind, ("config", "")),
            [Programs.Append("one", 2, "config"), Programs.Append("two", 2, "config")],
            new Bounds(Faults),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config");
                ending.IsTrue(processes[1], "two", "config");
            }
        );

    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_writers_and_one_who_settles_what_they_leave(string kind) =>
        Explore(
            () => Store(kind, ("config", "")),
            [Programs.Append("one", "config"), Programs.Append("two", "config"), Programs.Recover()],
            new Bounds(Faults - 1),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config");
                ending.IsTrue(processes[1], "two", "config");
            }
        );

    [Theory]
    [MemberData(nameof(Stores))]
    public void Three_writers_of_one_file(string kind) =>
        Explore(
            () => Store(kind, ("config", "")),
            [Programs.Append("one", "config"), Programs.Append("two", "config"), Programs.Append("three", "config")],
            new Bounds(Faults - 1),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config");
                ending.IsTrue(processes[1], "two", "config");
                ending.IsTrue(processes[2], "three", "config");
            }
        );

    /// <summary>
    /// Three, and one thing that goes wrong, with one preemption at most beside the places where a process waits, ends or dies; or as
    /// many as <c>KOPS_TEST_PREEMPTIONS</c> says.
    /// </summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void Three_writers_of_one_file_with_a_fault(string kind) =>
        Explore(
            () => Store(kind, ("config", "")),
            [Programs.Append("one", "config"), Programs.Append("two", "config"), Programs.Append("three", "config")],
            new Bounds(Faults, Preemptions: Preemptions),
            (ending, processes) =>
            {
                ending.IsTrue(processes[0], "one", "config");
                ending.IsTrue(processes[1], "two", "config");
                ending.IsTrue(processes[2], "three", "config");
            }
        );

    /// <summary>Two people create one cluster at once: their Cluster objects are equal, their groups differ.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void Two_who_create_one_cluster(string kind) =>
        Explore(
            () => Store(kind),
            [
                Programs.Create("one", "config=same", "instancegroup/nodes=small"),
                Programs.Create("two", "config=same", "instancegroup/nodes=large"),
            ],
            new Bounds(Faults),
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
    public void Two_who_delete_one_group(string kind) =>
        Explore(
            () => Store(kind, ("instancegroup/nodes", "nodes"), ("addons/a", "a")),
            [Programs.Delete("one", "instancegroup/nodes"), Programs.Delete("two", "instancegroup/nodes", "addons/a")],
            new Bounds(Faults),
            (ending, processes) =>
            {
                // Who came later has seen that the group is gone, and was told nothing else: the history has one who deleted it, or one who
                // was not told whether it did.
                if (ending.History.Any(record => record.Remaining.Count > 0))
                    return;
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
    [MemberData(nameof(Stores))]
    public void A_writer_who_replaces_a_secret_and_one_who_does_not(string kind) =>
        Explore(
            () => Store(kind, ("config", ""), ("secrets/s", "")),
            [Programs.Append("one", "secrets/s", "config"), Programs.Append("two", "config")],
            new Bounds(Faults),
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
    public void A_request_that_arrives_when_its_process_is_dead(string kind) =>
        ExploreLate(
            kind,
            new Bounds(Faults, OnTheWay: true),
            [Programs.Append("one", "config"), Programs.Append("two", "config")],
            ["one", "two"]
        );

    /// <summary>The same where a third one is at work, with few preemptions.</summary>
    [Theory]
    [MemberData(nameof(Stores))]
    public void A_request_that_arrives_late_beside_two_others(string kind) =>
        ExploreLate(
            kind,
            new Bounds(Faults, OnTheWay: true, Preemptions),
            [Programs.Append("one", "config"), Programs.Append("two", "config"), Programs.Append("three", "config")],
            ["one", "two", "three"]
        );

    private void ExploreLate(string kind, Bounds bounds, IReadOnlyList<Func<ExploredProcess, Task>> programs, string[] names)
    {
        var explorer = new Explorer(() => Store(kind, ("config", "")), programs, bounds);

        explorer.Run(
            (store, processes) =>
            {
                var ending = Ending.Of(store);
                foreach (var (process, name) in processes.Zip(names))
                {
                    if (process.Told is ApplyResult.Applied)
                        Assert.Contains(name + ";", ending.Text("config"), StringComparison.Ordinal);
                    Assert.True(ending.Text("config").Split(name + ";").Length <= 2, "made twice");
                }

                ending.IsNumbered();
            }
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
            }
        );
        Report(explorer);
    }

    private void Report(Explorer explorer)
    {
        output.WriteLine($"all {explorer.Schedules} schedules, {explorer.Ends} to their end, {explorer.States} states");
        Assert.True(explorer.Schedules > 100, $"{explorer.Schedules} schedules are not all");
    }

    private static ExploredStore Store(string kind, params (string Key, string Text)[] files)
    {
        var store = new ExploredStore(StoreKind.All[kind]);
        foreach (var (key, text) in files)
            store.Put($"{Programs.Cluster}/{key}", Encoding.UTF8.GetBytes(text), WriteCondition.Any);
        return store;
    }
}
