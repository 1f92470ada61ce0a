using System.Text;
using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests.Faults;

/// <summary>Broken networks and busy servers, with a server behind them.</summary>
public sealed class GcsFaultTests(TestServer server)
{
    private const int Chunk = 256 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.LostAnswer), false)]
    [InlineData(nameof(Fault.LostAnswer), true)]
    [InlineData(nameof(Fault.Reset), true)]
    [InlineData(nameof(Fault.SlowDown), true)]
    [InlineData(nameof(Fault.ServerError), true)]
    [InlineData(nameof(Fault.Truncated), true)]
    [InlineData(nameof(Fault.Truncated), false)]
    public async Task A_conditional_write_that_is_hurt_once_happens_once(string fault, bool replacing)
    {
        await using var scene = Open(Once("POST /upload", Enum.Parse<Fault>(fault)));
        var condition = replacing ? WriteCondition.IfMatch(await scene.PutAsync("old")) : WriteCondition.IfAbsent;

        var outcome = await scene.Driver.PutAsync("key", Body("new"), condition, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, scene.Proxy.Faults));
        Assert.Equal(("new", outcome.Version), await scene.ReadAsync());
    }

    [Theory]
    [InlineData(nameof(Fault.LostAnswer))]
    [InlineData(nameof(Fault.Reset))]
    public async Task A_copy_that_is_hurt_once_happens_once(string fault)
    {
        await using var scene = Open(Once("rewriteTo", Enum.Parse<Fault>(fault)));
        await scene.PutAsync("content");

        var outcome = await scene.Driver.CopyAsync("key", "copy", WriteCondition.IfAbsent, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome!.Value.Result, scene.Proxy.Faults));
        Assert.Equal(("content", outcome.Value.Version), await scene.ReadAsync("copy"));
    }

    [Theory]
    [InlineData(nameof(Fault.LostAnswer))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.ServerError))]
    public async Task A_delete_that_is_hurt_once_happens_once(string fault)
    {
        await using var scene = Open(Once("DELETE", Enum.Parse<Fault>(fault)));
        var version = await scene.PutAsync("content");

        var outcome = await scene.Driver.DeleteAsync("key", WriteCondition.IfMatch(version), Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, scene.Proxy.Faults));
        Assert.Null(await scene.Direct.StatAsync("key", Token));
    }

    [Fact]
    public async Task After_a_lost_answer_somebody_elses_equal_content_is_not_taken_for_ones_own()
    {
        await using var scene = Open(Once("POST /upload", Fault.Reset));
        var old = await scene.PutAsync("5");
        // Two writers count from 5 to 6. This one's request never arrives; the other one's did.
        Assert.Equal(WriteResult.Done, (await scene.Direct.PutAsync("key", Body("6"), WriteCondition.IfMatch(old), Token)).Result);

        Assert.Equal(WriteResult.Conflict, (await scene.Driver.PutAsync("key", Body("6"), WriteCondition.IfMatch(old), Token)).Result);
    }

    [Fact]
    public async Task What_cannot_be_told_after_a_lost_answer_is_an_error_and_never_a_guess()
    {
        await using var scene = Open(Once("POST /upload", Fault.LostAnswer));
        var old = await scene.PutAsync("old");
        scene.Proxy.AfterLostAnswer = async () => await scene.PutAsync("other");

        var e = await Assert.ThrowsAsync<StoreException>(async () => await scene.Driver.PutAsync("key", Body("new"), WriteCondition.IfMatch(old), Token));

        Assert.Equal((StoreErrorKind.Unavailable, false), (e.Kind, e.IsTransient));
        Assert.Contains("it cannot be told whether this write happened", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Fault.LostAnswer))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.ServerError))]
    [InlineData(nameof(Fault.Truncated))]
    public async Task A_resumable_upload_goes_on_after_every_kind_of_fault_at_every_step(string fault)
    {
        for (var step = 0; step < 5; step++)
        {
            var left = step;
            await using var scene = Open(line => line.Contains("uploadType=resumable", StringComparison.Ordinal) && left-- == 0 ? Enum.Parse<Fault>(fault) : Fault.None);
            var bytes = new byte[(3 * Chunk) + 100];
            new Random(step).NextBytes(bytes);

            var outcome = await scene.Driver.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.IfAbsent, Token);

            Assert.Equal((WriteResult.Done, 1), (outcome.Result, scene.Proxy.Faults));
            var read = await ObjectContent.ReadAsync((await scene.Direct.OpenReadAsync("key", Token))!, Token);
            Assert.Equal(outcome.Version, read.Version);
            Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        }
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_read_on()
    {
        var faults = 3;
        await using var scene = Open(line => line.Contains("alt=media", StringComparison.Ordinal) && faults-- > 0 ? Fault.Truncated : Fault.None);
        var bytes = new byte[3 << 20];
        new Random(1).NextBytes(bytes);
        await scene.Direct.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.Any, Token);

        var read = await ObjectContent.ReadAsync((await scene.Driver.OpenReadAsync("key", Token))!, Token);

        Assert.Equal(3, scene.Proxy.Faults);
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
    }

    [Fact]
    public async Task A_read_that_breaks_off_while_the_object_is_replaced_is_an_error_and_never_a_mixture()
    {
        await using var scene = Open(Once("alt=media", Fault.Truncated));
        await scene.Direct.PutAsync("key", ObjectBody.FromBytes(new byte[3 << 20]), WriteCondition.Any, Token);
        var reader = await scene.Driver.OpenReadAsync("key", Token);
        await scene.Direct.PutAsync("key", ObjectBody.FromBytes(Enumerable.Repeat((byte)1, 3 << 20).ToArray()), WriteCondition.Any, Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await ObjectContent.ReadAsync(reader!, Token));

        Assert.Contains("it was replaced while it was being read", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Fault.ServerError))]
    [InlineData(nameof(Fault.SlowDown))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.Silence))]
    public async Task What_stays_broken_is_tried_a_bounded_number_of_times(string fault)
    {
        await using var scene = Open(
            _ => Enum.Parse<Fault>(fault), options => options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) });

        var e = await Assert.ThrowsAsync<StoreException>(async () => await scene.Driver.StatAsync("key", Token));

        Assert.True(e.IsTransient);
        // .NET sends again by itself what has no body, when the connection is reset at once.
        if (fault is nameof(Fault.Reset)) Assert.InRange(scene.Proxy.Faults, 3, 12);
        else Assert.Equal(3, scene.Proxy.Faults);
    }

    [Fact]
    public async Task In_a_thousand_operations_on_a_bad_network_no_write_is_lost_or_doubled()
    {
        var random = new Random(7);
        Fault[] faults = [Fault.Reset, Fault.LostAnswer, Fault.Truncated, Fault.SlowDown, Fault.ServerError, Fault.Delay];
        await using var scene = Open(_ =>
        {
            lock (random) return random.Next(100) < 15 ? faults[random.Next(faults.Length)] : Fault.None;
        });
        await scene.PutAsync(string.Empty, "log/0");
        await scene.PutAsync(string.Empty, "log/1");
        var operations = 0;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; Volatile.Read(ref operations) < 1000; i++) await AppendAsync($"log/{(writer + i) % 2}", $"{writer}.{i}\n");
        })));

        foreach (var key in (string[])["log/0", "log/1"])
        {
            var lines = (await scene.ReadAsync(key)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
            foreach (var writer in lines.GroupBy(line => line[0], line => int.Parse(line.AsSpan(2))))
                Assert.Equal(Enumerable.Range(0, writer.Count()).Select(i => writer.First() + (2 * i)), writer);
        }

        Assert.True(scene.Proxy.Faults > 100, $"only {scene.Proxy.Faults} faults");

        async Task AppendAsync(string key, string line)
        {
            var unsure = false;
            while (true)
            {
                Interlocked.Add(ref operations, 2);
                var old = await ObjectContent.ReadAsync((await scene.Driver.OpenReadAsync(key, Token))!, Token);
                if (unsure && ("\n" + old.Text).Contains("\n" + line, StringComparison.Ordinal)) return;
                try
                {
                    if ((await scene.Driver.PutAsync(key, Body(old.Text + line), WriteCondition.IfMatch(old.Version), Token)).Succeeded) return;
                    unsure = false;
                }
                catch (StoreException e) when (e.Message.Contains("cannot be told", StringComparison.Ordinal))
                {
                    unsure = true;
                }
            }
        }
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private static Func<string, Fault> Once(string part, Fault fault)
    {
        var done = 0;
        return line => line.Contains(part, StringComparison.Ordinal) && Interlocked.Exchange(ref done, 1) == 0 ? fault : Fault.None;
    }

    private Scene Open(Func<string, Fault> plan, Func<GcsOptions, GcsOptions>? change = null)
    {
        var proxy = new FaultProxy(server.Server.Address, plan);
        var bucket = server.CreateBucket();
        var driver = server.Open(bucket, options =>
        {
            options = options with { Endpoint = proxy.Address, ChunkSize = Chunk };
            return change is null ? options : change(options);
        });
        return new Scene(server.Open(bucket), proxy, driver);
    }

    /// <summary>A bucket, reached through the proxy and directly.</summary>
    private sealed record Scene(GcsStoreDriver Direct, FaultProxy Proxy, GcsStoreDriver Driver) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Driver.DisposeAsync();
            await Proxy.DisposeAsync();
            await Direct.DisposeAsync();
        }

        internal async Task<ObjectVersion> PutAsync(string text, string key = "key") =>
            (await Direct.PutAsync(key, Body(text), WriteCondition.Any, Token)).Version!.Value;

        internal async Task<(string Text, ObjectVersion? Version)> ReadAsync(string key = "key")
        {
            var content = await ObjectContent.ReadAsync((await Direct.OpenReadAsync(key, Token))!, Token);
            return (content.Text, content.Version);
        }
    }
}
