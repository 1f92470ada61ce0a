using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes.Journal;

/// <summary>A change that looks abandoned may belong to a process that is alive.</summary>
public sealed class LeaseTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_change_of_a_living_process_is_left_alone_and_reported()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));

        var found = Assert.Single(await _world.RecoverAsync(probe: new FakeProbe(2)));

        Assert.Equal(RecoveryResult.InProgress, found.Result);
        Assert.Equal("alice", found.Record!.Author.User);
        Assert.Equal("new config", await _world.GetAsync("demo.example.com/config"));
    }

    [Fact]
    public async Task A_change_of_a_dead_process_of_this_machine_is_taken_over_at_once()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));

        var found = Assert.Single(await _world.Open(user: "bob", probe: new FakeProbe(2) { Dead = { 1 } }).RecoverAllAsync());

        Assert.Equal(RecoveryResult.Finished, found.Result);
        Assert.Equal("bob@host", found.Record!.RecoveredBy);
    }

    [Fact]
    public async Task A_silent_process_is_taken_over_when_its_record_has_stood_unchanged_for_a_lease()
    {
        await DieInTheMiddleAsync(null);
        var driver = new CrashDriver(_world.Memory);
        var options = new JournalOptions { Lease = TimeSpan.FromMilliseconds(200), Poll = TimeSpan.FromMilliseconds(10) };

        // The clock of the wall stands still: it is the time that passes here that counts, whatever the other machine's clock says.
        var found = Assert.Single(await _world.Open(driver, "bob", options: options).RecoverAllAsync());

        Assert.Equal(RecoveryResult.Finished, found.Result);
        Assert.True(driver.Reads > 3, $"looked {driver.Reads} times");
    }

    [Fact]
    public async Task A_silent_process_that_gives_a_sign_of_life_is_left_alone()
    {
        await DieInTheMiddleAsync(null);
        var looks = 0;
        var pending = _world.Root.Join(".kops/pending/demo.example.com.json");
        var driver = new HookDriver(_world.Memory)
        {
            BeforeRead = async key =>
            {
                if (key != pending.Key || ++looks != 4)
                    return;
                var text = (await pending.ReadTextAsync())!;
                await pending.WriteTextAsync(text.Replace("\"beat\": 0", "\"beat\": 1", StringComparison.Ordinal), WriteCondition.Any);
            },
        };
        var options = new JournalOptions { Lease = TimeSpan.FromHours(1), Poll = TimeSpan.FromMilliseconds(2) };

        var found = Assert.Single(await _world.Open(driver, "bob", options: options).RecoverAllAsync());

        Assert.Equal(RecoveryResult.InProgress, found.Result);
    }

    [Fact]
    public async Task A_process_that_is_known_to_live_is_never_taken_over_however_long_it_is_silent()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));

        var found = Assert.Single(await _world.RecoverAsync(probe: new FakeProbe(2)));

        Assert.Equal(RecoveryResult.InProgress, found.Result);
    }

    [Fact]
    public async Task A_command_that_only_reads_reports_and_repairs_nothing()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));
        var (state, journal) = (await _world.StateAsync(), await _world.JournalAsync());
        var driver = new CrashDriver(_world.Memory);

        var found = Assert.Single(await _world.Open(driver, "bob", new FakeProbe(2) { Dead = { 1 } }).ListPendingAsync());

        Assert.Equal((RecoveryResult.Interrupted, "test"), (found.Result, found.Record!.Title));
        Assert.Equal((0, 0), (driver.Writes, driver.Deletes));
        Assert.Equal(state, await _world.StateAsync());
        Assert.Equal(journal, await _world.JournalAsync());
    }

    [Fact]
    public async Task A_writer_ends_what_a_dead_process_left_before_it_writes()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));
        var store = _world.Open(user: "bob", probe: new FakeProbe(2) { Dead = { 1 } });
        var changes = await ChangeExample.BuildAsync(store.Root, [("addons/b.yaml", "b", FileSecrecy.Plain)]);

        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));

        Assert.Equal("2.0", await _world.GetAsync("demo.example.com/kops-version.txt"));
        Assert.Equal(2, (await store.History.ListNamesAsync()).Count);
    }

    [Fact]
    public async Task A_writer_waits_for_a_living_one_and_says_who_it_is_when_that_takes_too_long()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));
        var options = new JournalOptions { Wait = TimeSpan.Zero };
        var store = _world.Open(user: "bob", probe: new FakeProbe(2), options: options);

        var error = await Assert.ThrowsAsync<StateStoreException>(async () =>
            await store.ApplyAsync(await ChangeExample.BuildAsync(store.Root, [("addons/b.yaml", "b", FileSecrecy.Plain)]))
        );

        Assert.Equal(StateErrorKind.Busy, error.Kind);
        Assert.Contains("alice@host", error.Message, StringComparison.Ordinal);
        Assert.Null(await _world.GetAsync("demo.example.com/addons/b.yaml"));
    }

    [Fact]
    public async Task Two_writers_of_different_files_of_one_cluster_both_succeed()
    {
        await ChangeExample.PrepareAsync(_world);
        var writers = Enumerable
            .Range(0, 8)
            .Select(async i =>
            {
                var store = _world.Open(user: $"user{i}");
                var changes = await ChangeExample.BuildAsync(store.Root, [($"addons/{i}.yaml", "x", FileSecrecy.Plain)]);
                return await Task.Run(() => store.ApplyAsync(changes));
            });

        Assert.All(await Task.WhenAll(writers), result => Assert.IsType<ApplyResult.Applied>(result));
    }

    [Fact]
    public async Task Of_many_recoverers_one_acts()
    {
        await DieInTheMiddleAsync(new FakeProbe(1));
        var recoverers = Enumerable
            .Range(2, 16)
            .Select(i => Task.Run(() => _world.Open(user: $"user{i}", probe: new FakeProbe(i) { Dead = { 1 } }).RecoverAllAsync()));

        var results = (await Task.WhenAll(recoverers)).SelectMany(found => found).ToArray();

        Assert.Single(results, found => found.Result is RecoveryResult.Finished);
        Assert.All(results, found => Assert.True(found.Result is RecoveryResult.Finished or RecoveryResult.InProgress));
    }

    [Fact]
    public async Task A_cluster_that_is_held_is_changed_by_nobody_else_until_its_holder_lets_go_or_dies()
    {
        await ChangeExample.PrepareAsync(_world);
        var journal = Journal("alice");
        var held = await HoldAsync(journal);
        var impatient = new JournalOptions { Wait = TimeSpan.Zero };
        var other = _world.Open(user: "bob", options: impatient);

        var busy = await Assert.ThrowsAsync<StateStoreException>(ApplyAsync);
        await held.DiscardAsync(CancellationToken.None);
        Assert.IsType<ApplyResult.Applied>(await ApplyAsync());
        await HoldAsync(journal);
        var left = Assert.Single(await _world.RecoverAsync());

        Assert.Equal(StateErrorKind.Busy, busy.Kind);
        Assert.Equal((RecoveryResult.Undone, "move"), (left.Result, left.Record!.Title));
        Assert.Single(await other.History.ListNamesAsync());

        async Task<ApplyResult> ApplyAsync() =>
            await other.ApplyAsync(await ChangeExample.BuildAsync(other.Root, [("addons/b.yaml", "b", FileSecrecy.Plain)]));
    }

    /// <summary>A service goes on for weeks after a request of its was cancelled; whoever asks next shall not wait for its end.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_process_gave_up_in_the_middle_is_nobodys_though_it_lives(bool lastCallTakesEffect)
    {
        var failures = 0;
        for (var calls = 1; ; calls++)
        {
            var world = new World();
            await ChangeExample.PrepareAsync(world);
            var driver = new CrashDriver(world.Memory, calls, lastCallTakesEffect);
            var broken = world.Open(driver, probe: new FakeProbe(1));
            try
            {
                await broken.ApplyAsync(await ChangeExample.ReversibleAsync(broken.Root));
                if (driver.Calls < calls)
                    break;
            }
            catch (Exception error) when (error is CrashException or StateStoreException)
            {
                failures++;
            }

            var store = world.Open(probe: new FakeProbe(1), options: new JournalOptions { Wait = TimeSpan.Zero });
            Assert.DoesNotContain(await store.ListPendingAsync(), found => found.Result is not RecoveryResult.Interrupted);
            Assert.IsType<ApplyResult.Applied>(
                await store.ApplyAsync(await ChangeExample.BuildAsync(store.Root, [("addons/b.yaml", "b", FileSecrecy.Plain)]))
            );
        }

        Assert.True(failures > 20, $"failed {failures} times");
    }

    /// <summary>A directory of root's: what is in the way is told at once, and nobody waits for a process that is oneself.</summary>
    [Fact]
    public async Task A_history_that_cannot_be_written_is_told_with_the_change_and_stops_the_next_one_at_once()
    {
        await ChangeExample.PrepareAsync(_world);
        var driver = new CrashDriver(_world.Memory)
        {
            BeforeWrite = key =>
                key.StartsWith(".kops/history/", StringComparison.Ordinal)
                    ? throw new StoreException(StoreErrorKind.PermissionDenied, "write", key, "it is root's")
                    : Task.CompletedTask,
        };
        var store = _world.Open(driver, probe: new FakeProbe(1), options: new JournalOptions { Wait = TimeSpan.FromDays(1) });

        var made = Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(await ChangeExample.ReversibleAsync(store.Root)));
        var next = await Assert.ThrowsAsync<StoreException>(async () =>
            await store.ApplyAsync(await ChangeExample.BuildAsync(store.Root, [("addons/b.yaml", "b", FileSecrecy.Plain)]))
        );

        Assert.Contains("it is root's", made.NotInHistory, StringComparison.Ordinal);
        Assert.Contains("it is root's", next.Message, StringComparison.Ordinal);
    }

    /// <summary>A record that names no files yet.</summary>
    private Task<PendingChange> HoldAsync(ChangeJournal journal) =>
        journal.BeginAsync(
            new ChangeRecord
            {
                Name = Guid.NewGuid().ToString("N"),
                Cluster = ChangeExample.Cluster,
                Title = "move",
                Author = new ChangeAuthor("alice", "host", "kops test", "kops 0"),
                Started = _world.Clock.GetUtcNow(),
                Files = [],
            },
            CancellationToken.None
        );

    private ChangeJournal Journal(string user) =>
        new(
            _world.Root,
            new StoreRegistry(),
            _world.Clock,
            new ChangeAuthor(user, "host", "kops test", "kops 0"),
            null,
            new JournalOptions { Poll = TimeSpan.FromMilliseconds(2) }
        );

    /// <summary>
    /// A process stops for longer than its lease (a laptop that slept), is taken for dead, and goes on. Wherever it stops, the state is the
    /// old or the
    /// new one in the end, and it is told the truth.
    /// </summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_process_that_was_taken_for_dead_and_goes_on_does_no_harm(bool irreversible, bool looksAtItsClock)
    {
        var (applied, undone) = (0, 0);
        for (var stop = 1; ; stop++)
        {
            var world = new World();
            await ChangeExample.PrepareAsync(world);
            var before = await world.StateAsync();
            var writes = 0;
            var driver = new CrashDriver(world.Memory)
            {
                BeforeWrite = async _ =>
                {
                    if (Interlocked.Increment(ref writes) != stop)
                        return;
                    await world.RecoverAsync();
                    if (looksAtItsClock)
                        world.Clock.Advance(TimeSpan.FromMinutes(5));
                },
            };
            var store = world.Open(driver);
            var changes = irreversible
                ? await ChangeExample.IrreversibleAsync(store.Root)
                : await ChangeExample.ReversibleAsync(store.Root);
            try
            {
                Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));
                Assert.NotEqual(before, await world.StateAsync());
                Assert.Equal("new config", await world.GetAsync("demo.example.com/config"));
                Assert.Equal("more", await world.GetAsync("demo.example.com/instancegroup/more"));
                applied++;
            }
            catch (StateStoreException error)
            {
                Assert.Equal(StateErrorKind.Unfinished, error.Kind);
                Assert.Equal(before, await world.StateAsync());
                undone++;
            }

            Assert.DoesNotContain((await world.JournalAsync()).Keys, key => key.StartsWith(".kops/pending/", StringComparison.Ordinal));
            if (writes < stop)
                break;
        }

        Assert.True(applied > 5, $"applied {applied}");
        Assert.True(undone > 1 || (irreversible && !looksAtItsClock), $"undone {undone}");
    }

    /// <summary>Writes some of the files and dies.</summary>
    private async Task DieInTheMiddleAsync(IProcessProbe? probe)
    {
        await ChangeExample.PrepareAsync(_world);
        var dead = false;
        var driver = new CrashDriver(_world.Memory)
        {
            BeforeWrite = key =>
            {
                dead |= key.EndsWith("kops-version.txt", StringComparison.Ordinal);
                return dead ? throw new CrashException() : Task.CompletedTask;
            },
        };
        var store = _world.Open(driver, probe: probe);
        var changes = await ChangeExample.ReversibleAsync(store.Root);
        await Assert.ThrowsAnyAsync<Exception>(() => store.ApplyAsync(changes));
    }
}
