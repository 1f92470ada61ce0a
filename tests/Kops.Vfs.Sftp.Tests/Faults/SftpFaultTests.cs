using System.Globalization;
using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Sftp.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Sftp.Tests.Faults;

/// <summary>Connections that break at any moment, with a real server behind them.</summary>
public sealed class SftpFaultTests(SftpServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conditional_write_whose_connection_breaks_at_any_moment_happens_once_and_leaves_nothing(bool replacing)
    {
        foreach (var cut in await CutsAsync(driver => driver.PutAsync("dir/key", Body("new"), WriteCondition.Any, Token)))
        {
            var root = server.NewRoot();
            await using var direct = server.Open(root);
            var condition = replacing ? WriteCondition.IfMatch(await PutAsync(direct, "dir/key", "old")) : WriteCondition.IfAbsent;
            await using var proxy = NewProxy(connection => connection == 0 ? cut : new Cut());
            await using var driver = server.Open(root, options => options with { Port = proxy.Port });

            var outcome = await driver.PutAsync("dir/key", Body("new"), condition, Token);

            Assert.True(outcome.Succeeded, $"{cut}: {outcome}");
            Assert.Equal(("new", outcome.Version), await ReadAsync(direct, "dir/key"));
            Assert.True(Names(root) is ["dir", "dir/key"], $"{cut}: {string.Join(' ', Names(root))}");
        }
    }

    [Fact]
    public async Task A_delete_whose_connection_breaks_at_any_moment_has_deleted_and_leaves_nothing()
    {
        foreach (var cut in await CutsAsync(async driver => await driver.DeleteAsync("dir/key", WriteCondition.Any, Token), "dir/key"))
        {
            var root = server.NewRoot();
            await using var direct = server.Open(root);
            var version = await PutAsync(direct, "dir/key", "old");
            await using var proxy = NewProxy(connection => connection == 0 ? cut : new Cut());
            await using var driver = server.Open(root, options => options with { Port = proxy.Port });

            var outcome = await driver.DeleteAsync("dir/key", WriteCondition.IfMatch(version), Token);

            Assert.True(outcome.Succeeded, $"{cut}: {outcome}");
            Assert.Null(await direct.StatAsync("dir/key", Token));
            Assert.True(Names(root) is [], $"{cut}: {string.Join(' ', Names(root))}");
        }
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_is_read_on()
    {
        var root = server.NewRoot();
        await using var direct = server.Open(root);
        var bytes = new byte[6 << 20];
        new Random(1).NextBytes(bytes);
        await direct.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.Any, Token);
        await using var proxy = NewProxy(connection => connection < 3 ? new Cut(Down: 2 << 20) : new Cut());
        await using var driver = server.Open(root, options => options with { Port = proxy.Port });

        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);

        Assert.Equal(3, proxy.Breaks);
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_while_the_object_is_replaced_is_an_error_and_never_a_mixture()
    {
        var root = server.NewRoot();
        await using var direct = server.Open(root);
        await direct.PutAsync("key", ObjectBody.FromBytes(new byte[6 << 20]), WriteCondition.Any, Token);
        await using var proxy = NewProxy(connection => connection == 0 ? new Cut(Down: 2 << 20) : new Cut());
        await using var driver = server.Open(root, options => options with { Port = proxy.Port });
        var reader = await driver.OpenReadAsync("key", Token);
        await direct.PutAsync("key", ObjectBody.FromBytes(Enumerable.Repeat((byte)1, 6 << 20).ToArray()), WriteCondition.Any, Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await ObjectContent.ReadAsync(reader!, Token));

        Assert.Equal((StoreErrorKind.Replaced, true), (e.Kind, e.IsTransient));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    public async Task What_stays_broken_is_tried_a_bounded_number_of_times(int bytes, bool silently)
    {
        await using var proxy = NewProxy(_ => new Cut(Down: bytes) { Silently = silently });
        await using var driver = server.Open(
            server.NewRoot(),
            options =>
                options with
                {
                    Port = proxy.Port,
                    MaxRetries = 2,
                    ConnectTimeout = TimeSpan.FromSeconds(1),
                    IdleTimeout = TimeSpan.FromSeconds(1),
                }
        );

        var read = await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));
        Assert.Equal((StoreErrorKind.Unavailable, true, 3), (read.Kind, read.IsTransient, proxy.Connections));
        var write = await Assert.ThrowsAsync<StoreException>(async () =>
            await driver.PutAsync("key", Body("x"), WriteCondition.Any, Token)
        );

        Assert.Equal(StoreErrorKind.Unavailable, write.Kind);
        Assert.InRange(proxy.Connections, 6, 9);
    }

    [Fact]
    public async Task A_server_that_falls_silent_in_the_middle_is_asked_again_on_a_new_connection()
    {
        var root = server.NewRoot();
        await using var direct = server.Open(root);
        await PutAsync(direct, "key", "old");
        var whole = await TrafficAsync(root, async driver => await driver.StatAsync("key", Token));
        await using var proxy = NewProxy(connection => connection == 0 ? new Cut(Down: whole.Down - 100) { Silently = true } : new Cut());
        await using var driver = server.Open(root, options => options with { Port = proxy.Port, IdleTimeout = TimeSpan.FromSeconds(1) });

        Assert.NotNull(await driver.StatAsync("key", Token));

        Assert.Equal((1, 2), (proxy.Breaks, proxy.Connections));
    }

    [Fact]
    public async Task The_lock_of_a_writer_that_died_is_taken_away_after_a_while_and_what_it_left_is_removed()
    {
        var root = server.NewRoot();
        await using var driver = server.Open(root, options => options with { BreakLockAfter = TimeSpan.FromMilliseconds(300) });
        var version = await PutAsync(driver, "key", "old");
        using var dead = new CancellationTokenSource();
        await using (var dying = server.Open(root))
        {
            // It dies between two requests: the lock is taken, and nobody lets go of it.
            var hold = dying.Lock("key");
            Assert.True(await hold.PrepareAsync(null, Token));
            Assert.Equal("Taken", (await hold.TakeAsync(_ => ValueTask.FromResult(true), Token)).ToString());
        }

        var outcome = await driver.PutAsync("key", Body("new"), WriteCondition.IfMatch(version), Token);

        Assert.True(outcome.Succeeded);
        Assert.Equal(["key"], Names(root));
    }

    [Fact]
    public async Task A_writer_that_was_taken_for_dead_can_change_nothing_any_more()
    {
        var root = server.NewRoot();
        await using var driver = server.Open(root, options => options with { BreakLockAfter = TimeSpan.FromMilliseconds(300) });
        await PutAsync(driver, "key", "old");
        await using var sleeping = server.Open(root);
        var deleting = sleeping.Lock("key");
        await deleting.PrepareAsync(null, Token);
        await deleting.TakeAsync(_ => ValueTask.FromResult(true), Token);
        await PutAsync(driver, "key", "new");

        // It wakes up, believing that it holds the lock.
        Assert.Null(await deleting.WithdrawAsync(Token));
        await deleting.ReleaseAsync();

        Assert.Equal("new", (await ReadAsync(driver, "key")).Text);
        Assert.Equal(["key"], Names(root));
    }

    [Fact]
    public async Task In_a_thousand_operations_on_a_bad_network_no_write_is_lost_or_doubled()
    {
        var root = server.NewRoot();
        await using var direct = server.Open(root);
        await PutAsync(direct, "log/0", string.Empty);
        await PutAsync(direct, "log/1", string.Empty);
        var random = new Random(7);
        await using var proxy = NewProxy(_ =>
        {
            lock (random)
                return random.Next(2) == 0 ? new Cut(Up: random.Next(4_000, 40_000)) : new Cut(Down: random.Next(4_000, 40_000));
        });
        var operations = 0;

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        await using var driver = server.Open(root, options => options with { Port = proxy.Port, MaxRetries = 30 });
                        for (var i = 0; Volatile.Read(ref operations) < 1000; i++)
                            Interlocked.Add(ref operations, await AppendAsync(driver, $"log/{(writer + i) % 2}", $"{writer}.{i}\n"));
                    })
                )
        );

        foreach (var key in (string[])["log/0", "log/1"])
        {
            var lines = (await ReadAsync(direct, key)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
            foreach (var writer in lines.GroupBy(line => line[0], line => int.Parse(line.AsSpan(2), CultureInfo.InvariantCulture)))
                Assert.Equal(Enumerable.Range(0, writer.Count()).Select(i => writer.First() + (2 * i)), writer);
        }

        Assert.True(proxy.Breaks > 50, $"only {proxy.Breaks} connections broke");
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private static async Task<ObjectVersion> PutAsync(SftpStoreDriver driver, string key, string text) =>
        (await driver.PutAsync(key, Body(text), WriteCondition.Any, Token)).Version!.Value;

    private static async Task<(string Text, ObjectVersion? Version)> ReadAsync(SftpStoreDriver driver, string key)
    {
        var content = (await driver.ReadAsync(key, Token))!;
        return (content.Text, content.Version);
    }

    /// <summary>Everything below a directory of the server, which is one of this machine.</summary>
    private static string[] Names(string root) =>
        Directory.Exists(root)
            ?
            [
                .. Directory
                    .GetFileSystemEntries(root, "*", SearchOption.AllDirectories)
                    .Select(path => path[(root.Length + 1)..])
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    private static async Task<int> AppendAsync(SftpStoreDriver driver, string key, string line)
    {
        for (var operations = 2; ; operations += 2)
        {
            var (text, version) = await ReadAsync(driver, key);
            if ((await driver.PutAsync(key, Body(text + line), WriteCondition.IfMatch(version!.Value), Token)).Succeeded)
                return operations;
        }
    }

    private ConnectionProxy NewProxy(Func<int, Cut> plan) => new(server.Options.Port, plan);

    /// <summary>
    /// Places in the traffic of some work, from the end of the signing in on: some in what is sent, some in what comes back.
    /// </summary>
    private async Task<IReadOnlyList<Cut>> CutsAsync(Func<SftpStoreDriver, ValueTask<WriteOutcome>> work, string? existing = null)
    {
        var root = server.NewRoot();
        await using var direct = server.Open(root);
        await PutAsync(direct, "dir/other", "x");
        if (existing is not null)
            await PutAsync(direct, existing, "x");
        var before = await TrafficAsync(root, async driver => await driver.StatAsync("dir/nothing", Token));
        var after = await TrafficAsync(root, async driver => Assert.True((await work(driver)).Succeeded));
        const int places = 8;
        return
        [
            .. Enumerable.Range(0, places).Select(i => new Cut(Up: before.Up + ((after.Up - before.Up) * i / places))),
            .. Enumerable.Range(0, places).Select(i => new Cut(Down: before.Down + ((after.Down - before.Down) * i / places))),
        ];
    }

    private async Task<(long Up, long Down)> TrafficAsync(string root, Func<SftpStoreDriver, Task> work)
    {
        await using var proxy = NewProxy(_ => new Cut());
        await using var driver = server.Open(root, options => options with { Port = proxy.Port });
        await work(driver);
        return proxy.Bytes;
    }
}
