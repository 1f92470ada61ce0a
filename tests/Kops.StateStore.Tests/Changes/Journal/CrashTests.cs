using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>A process may die at any call to the store: the next command leads to the state before or to the one after.</summary>
public sealed class CrashTests
{
    public static TheoryData<bool, bool> Cases() =>
        new()
        {
            { false, false },
            { false, true },
            { true, false },
            { true, true },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_change_that_dies_at_any_call_is_finished_or_undone_by_the_next_command(bool irreversible, bool lastCallTakesEffect)
    {
        var (before, after) = await EndsAsync(irreversible);
        var (undone, finished, survived) = (0, 0, false);
        for (var calls = 1; !survived; calls++)
        {
            var world = await NewWorldAsync();
            survived = await RunAsync(world, irreversible, calls, lastCallTakesEffect);

            await RecoverAsync(world);

            var state = await world.StateAsync();
            if (Same(state, after))
                finished++;
            else if (Same(state, before))
                undone++;
            else
                Assert.Fail($"after death at call {calls}: {Show(state)}");
            if (survived)
                Assert.Equal(after, state);
            await AssertCleanAsync(world);
        }

        Assert.True(undone >= 5, $"undone {undone}");
        Assert.True(finished >= 5, $"finished {finished}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_recovery_that_dies_at_any_call_is_taken_up_by_the_next_one(bool irreversible, bool lastCallTakesEffect)
    {
        var (before, after) = await EndsAsync(irreversible);
        var (runs, survived) = (0, false);
        for (var calls = 1; !survived; calls++)
        {
            var recovered = false;
            for (var more = 1; !recovered; more++)
            {
                var world = await NewWorldAsync();
                survived = await RunAsync(world, irreversible, calls, lastCallTakesEffect);
                recovered = await DiesNotAsync(() => world.RecoverAsync(new CrashDriver(world.Memory, more, lastCallTakesEffect)));

                await RecoverAsync(world);

                var state = await world.StateAsync();
                Assert.True(Same(state, after) || Same(state, before), $"after death at call {calls} and {more}: {Show(state)}");
                await AssertCleanAsync(world);
                runs++;
            }
        }

        Assert.True(runs > 100, $"{runs} runs");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_change_that_met_a_conflict_and_died_at_any_call_keeps_what_others_wrote(bool irreversible, bool lastCallTakesEffect)
    {
        var survived = false;
        for (var calls = 1; !survived; calls++)
        {
            var world = await NewWorldAsync();
            var changes = await PlanAsync(world, irreversible);
            await world.PutAsync("demo.example.com/instancegroup/gone", "changed by others");
            var driver = new CrashDriver(world.Memory, calls, lastCallTakesEffect);
            survived = await DiesNotAsync(() => ApplyAsync(world, driver, changes));

            await RecoverAsync(world);

            var state = await world.StateAsync();
            Assert.Equal("changed by others", state["demo.example.com/instancegroup/gone"]);
            Assert.Equal("old config", state["demo.example.com/config"]);
            Assert.Equal("old key", state["demo.example.com/pki/private/rotated/keyset.yaml"]);
            Assert.DoesNotContain("demo.example.com/instancegroup/more", state.Keys);
            Assert.DoesNotContain("demo.example.com/pki/private/new/keyset.yaml", state.Keys);
            await AssertCleanAsync(world);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_change_that_meets_a_conflict_half_way_and_dies_at_any_call_keeps_what_others_wrote(
        bool irreversible,
        bool lastCallTakesEffect
    )
    {
        var (before, after) = await EndsAsync(irreversible);
        foreach (var ends in new[] { before, after })
            ends["demo.example.com/instancegroup/gone"] = "changed by others";
        var (survived, undone, finished) = (false, 0, 0);
        for (var calls = 1; !survived; calls++)
        {
            var world = await NewWorldAsync();
            var changes = await PlanAsync(world, irreversible);
            var changed = false;
            var driver = new CrashDriver(world.Memory, calls, lastCallTakesEffect)
            {
                // When the secrets have been written, and the check before them is over.
                BeforeWrite = async key =>
                {
                    if (changed || !key.EndsWith("/config", StringComparison.Ordinal))
                        return;
                    changed = true;
                    await world.PutAsync("demo.example.com/instancegroup/gone", "changed by others");
                },
            };
            survived = await DiesNotAsync(() => ApplyAsync(world, driver, changes));

            if (!changed)
                await world.PutAsync("demo.example.com/instancegroup/gone", "changed by others");
            await RecoverAsync(world);

            var state = await world.StateAsync();
            if (Same(state, before))
                undone++;
            else if (Same(state, after))
                finished++;
            else
                Assert.Fail($"after death at call {calls}: {Show(state)}");
            await AssertCleanAsync(world);
        }

        Assert.True(undone > 5, $"undone {undone}, finished {finished}");
    }

    private static async Task<World> NewWorldAsync()
    {
        var world = new World();
        await ChangeExample.PrepareAsync(world);
        return world;
    }

    private static Task<ChangeSet> PlanAsync(World world, bool irreversible, IStoreDriver? driver = null)
    {
        var root = driver is null ? world.Root : world.Open(driver).Root;
        return irreversible ? ChangeExample.IrreversibleAsync(root) : ChangeExample.ReversibleAsync(root);
    }

    private static async Task<(Dictionary<string, string> Before, Dictionary<string, string> After)> EndsAsync(bool irreversible)
    {
        var world = await NewWorldAsync();
        var before = await world.StateAsync();
        Assert.IsType<ApplyResult.Applied>(await world.Open().ApplyAsync(await PlanAsync(world, irreversible)));
        return (before, await world.StateAsync());
    }

    /// <summary>Plans in peace, and applies in a process that dies at a call. Says whether it lived long enough.</summary>
    private static async Task<bool> RunAsync(World world, bool irreversible, int calls, bool lastCallTakesEffect)
    {
        var changes = await PlanAsync(world, irreversible);
        return await DiesNotAsync(() => ApplyAsync(world, new CrashDriver(world.Memory, calls, lastCallTakesEffect), changes));
    }

    /// <summary>The change set of one process, carried out through the driver of another.</summary>
    private static Task<ApplyResult> ApplyAsync(World world, CrashDriver driver, ChangeSet changes)
    {
        var store = world.Open(driver);
        return store.ApplyAsync(changes.Through(world.Root, store.Root));
    }

    private static async Task<bool> DiesNotAsync<T>(Func<Task<T>> run)
    {
        try
        {
            await run();
            return true;
        }
        catch (Exception error)
            when (error is CrashException or AggregateException or StateStoreException { Kind: StateErrorKind.Unfinished })
        {
            return false;
        }
    }

    private static async Task RecoverAsync(World world)
    {
        Assert.All(await world.RecoverAsync(), change => Assert.True(change.Result is RecoveryResult.Finished or RecoveryResult.Undone));
    }

    private static async Task AssertCleanAsync(World world)
    {
        var journal = await world.JournalAsync();
        Assert.DoesNotContain(journal.Keys, key => key.StartsWith(".kops/pending/", StringComparison.Ordinal));
        Assert.DoesNotContain(
            journal.Values,
            text => text.Contains("SECRET", StringComparison.Ordinal) || text.Contains("old key", StringComparison.Ordinal)
        );
    }

    private static bool Same(Dictionary<string, string> a, Dictionary<string, string> b) =>
        a.Count == b.Count && a.All(pair => b.GetValueOrDefault(pair.Key) == pair.Value);

    private static string Show(Dictionary<string, string> state) => string.Join(", ", state.Select(pair => $"{pair.Key}={pair.Value}"));
}
