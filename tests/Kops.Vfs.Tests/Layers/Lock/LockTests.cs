using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Memory;
using Xunit;

namespace Kops.Vfs.Tests.Layers.Lock;

/// <summary>What the lock holds against.</summary>
public sealed class LockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Times for tests: as the program's, but shorter.</summary>
    internal static LockOptions Times { get; } =
        new()
        {
            Settle = TimeSpan.FromMilliseconds(60),
            Lease = TimeSpan.FromSeconds(3),
            Linger = TimeSpan.FromMilliseconds(20),
            Poll = TimeSpan.FromMilliseconds(15),
            Turn = TimeSpan.FromMilliseconds(400),
        };

    [Fact]
    public async Task Writers_whose_claims_arrive_late_never_write_at_once()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        var shared = new RacyStore.Shared();
        // A claim takes up to one and a half times the settle: some are late, and must wait.
        var times = Times with
        {
            Lease = TimeSpan.FromSeconds(1),
            Settle = TimeSpan.FromMilliseconds(100),
        };
        LockLayer[] clients =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(_ => new LockLayer(
                    new RacyStore(memory, shared, TimeSpan.FromMilliseconds(150)),
                    "memfs://race",
                    times,
                    TimeProvider.System
                )),
        ];

        await CountAsync(clients, 20);

        Assert.Equal((160, 0), (await ReadAsync(memory), shared.Overlaps));
        Assert.True(shared.Claims >= clients.Length, $"only {shared.Claims} claims");
        foreach (var client in clients)
            await client.DisposeAsync();
        Assert.Null(await memory.StatAsync(LockLayer.Key, Token));
    }

    [Fact]
    public async Task Without_the_lock_the_same_writers_lose_changes()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        var shared = new RacyStore.Shared();

        await CountAsync([.. Enumerable.Range(0, 8).Select(_ => new RacyStore(memory, shared, TimeSpan.FromMilliseconds(20)))], 20);

        Assert.True(shared.Overlaps > 0);
        Assert.True(await ReadAsync(memory) < 160);
    }

    [Fact]
    public async Task A_command_claims_the_lock_once_and_gives_it_back()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        var shared = new RacyStore.Shared();
        var told = new List<string>();
        await using (
            var client = Open(
                memory,
                shared,
                Times with
                {
                    Tell = told.Add,
                    Lease = TimeSpan.FromSeconds(60),
                    Turn = TimeSpan.FromSeconds(60),
                    Linger = TimeSpan.FromSeconds(10),
                }
            )
        )
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, 50),
                Token,
                async (i, token) => await client.PutAsync($"key{i}", Body("x"), WriteCondition.IfAbsent, token)
            );
            Assert.NotNull(await memory.StatAsync(LockLayer.Key, Token));
            Assert.Null(await client.StatAsync(LockLayer.Key, Token));
            Assert.Equal(50, await client.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
        }

        Assert.Equal(1, shared.Claims);
        Assert.Contains("cannot check conditions itself", Assert.Single(told), StringComparison.Ordinal);
        Assert.Null(await memory.StatAsync(LockLayer.Key, Token));
    }

    [Fact]
    public async Task A_conflict_is_told_without_a_wait_for_the_lock()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        await memory.PutAsync(LockLayer.Key, Body("{}"), WriteCondition.Any, Token);
        await memory.PutAsync("key", Body("theirs"), WriteCondition.Any, Token);
        await using var client = Open(memory, new RacyStore.Shared(), Times with { Lease = TimeSpan.FromHours(1) });

        Assert.Equal(WriteResult.Conflict, (await client.PutAsync("key", Body("mine"), WriteCondition.IfAbsent, Token)).Result);
    }

    [Fact]
    public async Task A_lock_whose_holder_died_is_taken_over()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        var told = new List<string>();
        await memory.PutAsync(
            LockLayer.Key,
            Body("""{"holder":"bob@laptop","written":"2026-01-01T00:00:00Z"}"""),
            WriteCondition.Any,
            Token
        );
        await using var client = Open(memory, new RacyStore.Shared(), Times with { Lease = TimeSpan.FromSeconds(1), Tell = told.Add });

        Assert.True((await client.PutAsync("key", Body("mine"), WriteCondition.IfAbsent, Token)).Succeeded);

        Assert.Contains(told, text => text.Contains("held by bob@laptop, last seen 2026-01-01T00:00:00Z", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_that_is_renewed_is_waited_for_and_who_holds_it_is_named_in_the_end()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        await using var holder = Open(
            memory,
            new RacyStore.Shared(),
            Times with
            {
                Lease = TimeSpan.FromMilliseconds(800),
                Linger = TimeSpan.FromMinutes(1),
                Turn = TimeSpan.FromMinutes(1),
                Holder = "alice@desk",
            }
        );
        await holder.PutAsync("key", Body("x"), WriteCondition.Any, Token);
        await using var client = Open(
            memory,
            new RacyStore.Shared(),
            Times with
            {
                Lease = TimeSpan.FromMilliseconds(800),
                Patience = TimeSpan.FromSeconds(3),
            }
        );

        var e = await Assert.ThrowsAsync<StoreException>(async () => await client.PutAsync("key", Body("mine"), WriteCondition.Any, Token));

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.Contains("now alice@desk", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_lost_the_lock_does_not_say_that_a_conditional_write_succeeded()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        await using var client = Open(
            memory,
            new RacyStore.Shared(),
            Times with
            {
                Linger = TimeSpan.FromMinutes(1),
                Turn = TimeSpan.FromMinutes(1),
                Lease = TimeSpan.FromMinutes(1),
            }
        );
        await client.PutAsync("key", Body("1"), WriteCondition.IfAbsent, Token);
        await memory.PutAsync(LockLayer.Key, Body("somebody else's"), WriteCondition.Any, Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await client.PutAsync("other", Body("2"), WriteCondition.IfAbsent, Token)
        );

        Assert.Equal((StoreErrorKind.Unavailable, false), (e.Kind, e.IsTransient));
        Assert.Contains("the lock of the store was lost", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_finds_the_lock_free_lets_those_go_before_whose_tickets_are_older()
    {
        var clock = new HandClock();
        var memory = new MemoryStoreDriver(clock);
        var (first, second, newcomer) = (Queue(), Queue(), Queue());
        await first.JoinAsync(Token);
        clock.Now += TimeSpan.FromSeconds(1);
        await second.JoinAsync(Token);

        Assert.True(await first.IsMyTurnAsync(Token));
        Assert.False(await second.IsMyTurnAsync(Token));
        Assert.False(await newcomer.IsMyTurnAsync(Token));

        // Long enough for one to take it, who did not.
        clock.Now += Times.Poll * 2;
        Assert.True(await second.IsMyTurnAsync(Token));
        Assert.False(await newcomer.IsMyTurnAsync(Token));

        await first.LeaveAsync(hasLock: true);
        Assert.True(await second.IsMyTurnAsync(Token));
        Assert.False(await newcomer.IsMyTurnAsync(Token));
        clock.Now += Times.Poll * 2;
        Assert.True(await newcomer.IsMyTurnAsync(Token));

        // Who was passed by seems to be gone.
        await newcomer.LeaveAsync(hasLock: true);
        Assert.Empty(await memory.ListAsync(LockLayer.QueuePrefix, ListDepth.Tree, Token).ToListAsync(Token));

        LockQueue Queue() => new(memory, Times, clock);
    }

    [Fact]
    public async Task Of_many_who_write_without_a_pause_all_have_their_turns_and_no_ticket_is_left()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async writer =>
                {
                    for (var i = 0; i < 3; i++)
                    {
                        await using var client = Open(memory, new RacyStore.Shared(), Times with { Lease = TimeSpan.FromSeconds(60) });
                        Assert.True((await client.PutAsync($"key{writer}", Body("x"), WriteCondition.Any, Token)).Succeeded);
                    }
                })
        );

        Assert.Equal(12, await memory.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Tickets_of_programs_that_died_hold_nobody_up_for_long_and_are_taken_away()
    {
        var memory = new MemoryStoreDriver(TimeProvider.System);
        foreach (var i in Enumerable.Range(0, 100))
            await memory.PutAsync($"{LockLayer.QueuePrefix}{i:000}", Body("{}"), WriteCondition.Any, Token);
        await using var client = Open(memory, new RacyStore.Shared(), Times);

        Assert.True((await client.PutAsync("key", Body("mine"), WriteCondition.IfAbsent, Token)).Succeeded);

        Assert.Equal(
            ["key"],
            await client.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal(84, await memory.ListAsync(LockLayer.QueuePrefix, ListDepth.Tree, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Nothing_is_written_over_the_lock_itself()
    {
        await using var client = Open(new MemoryStoreDriver(TimeProvider.System), new RacyStore.Shared(), Times);

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await client.PutAsync(LockLayer.Key, Body("x"), WriteCondition.Any, Token)
        );

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
    }

    private static LockLayer Open(IStoreDriver memory, RacyStore.Shared shared, LockOptions times) =>
        new(new RacyStore(memory, shared, TimeSpan.FromMilliseconds(1)), "memfs://lock", times, TimeProvider.System);

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Each client adds lines to one object. Where it cannot be told whether a line was added, it looks.</summary>
    private static async Task CountAsync(IStoreDriver[] clients, int increments) =>
        await Task.WhenAll(
            clients.Select(
                (client, writer) =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < increments; i++)
                        {
                            for (var isDone = false; !isDone; )
                            {
                                var old = await client.OpenReadAsync("counter", Token) is { } reader
                                    ? await ObjectContent.ReadAsync(reader, Token)
                                    : null;
                                var line = $"{writer}.{i}\n";
                                if (("\n" + old?.Text).Contains("\n" + line, StringComparison.Ordinal))
                                    break;
                                try
                                {
                                    isDone = (
                                        await client.PutAsync(
                                            "counter",
                                            Body(old?.Text + line),
                                            WriteCondition.Unchanged(old?.Version),
                                            Token
                                        )
                                    ).Succeeded;
                                }
                                catch (StoreException e) when (e.Message.Contains("cannot be told", StringComparison.Ordinal)) { }
                            }
                        }
                    })
            )
        );

    private static async Task<int> ReadAsync(MemoryStoreDriver memory) =>
        (await ObjectContent.ReadAsync((await memory.OpenReadAsync("counter", Token))!, Token))
            .Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .Count();

    /// <summary>A clock that is moved by hand.</summary>
    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;
    }
}
