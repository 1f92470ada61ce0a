using System.Text;
using Kops.Vfs.Conformance.Faults;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests.Faults;

/// <summary>Broken networks and busy servers, with a real server behind them.</summary>
public sealed class S3FaultTests(S3Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Fault.LostAnswer), false)]
    [InlineData(nameof(Fault.LostAnswer), true)]
    [InlineData(nameof(Fault.Reset), true)]
    [InlineData(nameof(Fault.TryAgain), true)]
    [InlineData(nameof(Fault.SlowDown), true)]
    [InlineData(nameof(Fault.ServerError), true)]
    [InlineData(nameof(Fault.Truncated), true)]
    public async Task A_conditional_write_that_is_hurt_once_happens_once(string fault, bool replacing)
    {
        var (direct, proxy, driver) = await OpenAsync(Once("PUT", Enum.Parse<Fault>(fault)));
        var condition = replacing ? WriteCondition.IfMatch((await direct.PutAsync("key", Body("old"), WriteCondition.Any, Token)).Version!.Value) : WriteCondition.IfAbsent;

        var outcome = await driver.PutAsync("key", Body("new"), condition, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, proxy.Faults));
        Assert.Equal(("new", outcome.Version), await ReadAsync(direct));
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task After_a_lost_answer_somebody_elses_equal_content_is_not_taken_for_ones_own()
    {
        var (direct, proxy, driver) = await OpenAsync(Once("PUT", Fault.Reset));
        var old = (await direct.PutAsync("key", Body("5"), WriteCondition.Any, Token)).Version!.Value;
        // Two writers count from 5 to 6. This one's request never arrives; the other one's does, meanwhile.
        var other = direct.PutAsync("key", Body("6"), WriteCondition.IfMatch(old), Token);
        Assert.Equal(WriteResult.Done, (await other).Result);

        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", Body("6"), WriteCondition.IfMatch(old), Token)).Result);
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task What_cannot_be_told_after_a_lost_answer_is_an_error_and_never_a_guess()
    {
        var (direct, proxy, driver) = await OpenAsync(Once("PUT", Fault.LostAnswer));
        var old = (await direct.PutAsync("key", Body("old"), WriteCondition.Any, Token)).Version!.Value;
        proxy.AfterLostAnswer = async () => await direct.PutAsync("key", Body("other"), WriteCondition.Any, Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.PutAsync("key", Body("new"), WriteCondition.IfMatch(old), Token));

        Assert.Equal((StoreErrorKind.Unavailable, false), (e.Kind, e.IsTransient));
        Assert.Contains("it cannot be told whether this write happened", e.Message, StringComparison.Ordinal);
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task A_multipart_upload_whose_completion_is_not_answered_is_complete()
    {
        var (direct, proxy, driver) = await OpenAsync(Once("uploadId=", Fault.LostAnswer, method: "POST"));
        var bytes = new byte[6 << 20];

        var outcome = await driver.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.IfAbsent, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, proxy.Faults));
        Assert.Equal((bytes.Length, outcome.Version), ((await direct.StatAsync("key", Token))!.Size, (await direct.StatAsync("key", Token))!.Version));
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_read_on()
    {
        var faults = 3;
        var (direct, proxy, driver) = await OpenAsync(line => line.StartsWith("GET", StringComparison.Ordinal) && faults-- > 0 ? Fault.Truncated : Fault.None);
        var bytes = new byte[3 << 20];
        new Random(1).NextBytes(bytes);
        await direct.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.Any, Token);

        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);

        Assert.Equal(3, proxy.Faults);
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task A_read_that_breaks_off_while_the_object_is_replaced_is_an_error_and_never_a_mixture()
    {
        var (direct, proxy, driver) = await OpenAsync(Once("GET", Fault.Truncated));
        await direct.PutAsync("key", ObjectBody.FromBytes(new byte[3 << 20]), WriteCondition.Any, Token);
        var reader = await driver.OpenReadAsync("key", Token);
        await direct.PutAsync("key", ObjectBody.FromBytes(Enumerable.Repeat((byte)1, 3 << 20).ToArray()), WriteCondition.Any, Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await ObjectContent.ReadAsync(reader!, Token));

        Assert.True(e.IsTransient);
        Assert.Contains("replaced while it was being read", e.Message, StringComparison.Ordinal);
        await CloseAsync(direct, proxy, driver);
    }

    [Theory]
    [InlineData(nameof(Fault.ServerError))]
    [InlineData(nameof(Fault.SlowDown))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.Silence))]
    public async Task What_stays_broken_is_tried_a_bounded_number_of_times(string fault)
    {
        var (direct, proxy, driver) = await OpenAsync(
            _ => Enum.Parse<Fault>(fault), options => options with { MaxRetries = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) });

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));

        Assert.True(e.IsTransient);
        // The connection pool of .NET repeats reads whose connection was reset, up to three times, before anyone hears of it.
        Assert.InRange(proxy.Faults, 3, fault is nameof(Fault.Reset) ? 12 : 3);
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task A_write_that_stays_broken_is_tried_a_bounded_number_of_times()
    {
        var (direct, proxy, driver) = await OpenAsync(_ => Fault.Reset, options => options with { MaxRetries = 2 });

        await Assert.ThrowsAsync<StoreException>(async () => await driver.PutAsync("key", Body("x"), WriteCondition.Any, Token));

        Assert.Equal(3, proxy.Faults);
        await CloseAsync(direct, proxy, driver);
    }

    [Fact]
    public async Task In_a_thousand_operations_on_a_bad_network_no_write_is_lost_or_doubled()
    {
        var random = new Random(7);
        Fault[] faults = [Fault.Reset, Fault.LostAnswer, Fault.Truncated, Fault.SlowDown, Fault.TryAgain, Fault.ServerError, Fault.Delay];
        var (direct, proxy, driver) = await OpenAsync(line =>
        {
            lock (random)
            {
                var fault = random.Next(100) < 15 ? faults[random.Next(faults.Length)] : Fault.None;
                return fault is Fault.TryAgain && !line.StartsWith("PUT", StringComparison.Ordinal) ? Fault.None : fault;
            }
        });
        await direct.PutAsync("log/0", Body(string.Empty), WriteCondition.Any, Token);
        await direct.PutAsync("log/1", Body(string.Empty), WriteCondition.Any, Token);
        var operations = 0;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; Volatile.Read(ref operations) < 1000; i++) await AppendAsync($"log/{(writer + i) % 2}", $"{writer}.{i}\n");
        })));

        foreach (var key in (string[])["log/0", "log/1"])
        {
            var lines = (await ReadAsync(direct, key)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
            foreach (var writer in lines.GroupBy(line => line[0], line => int.Parse(line.AsSpan(2))))
                Assert.Equal(Enumerable.Range(0, writer.Count()).Select(i => writer.First() + (2 * i)), writer);
        }

        Assert.True(proxy.Faults > 100, $"only {proxy.Faults} faults");
        await CloseAsync(direct, proxy, driver);

        async Task<(string Text, ObjectVersion? Version)> ReadAgainAsync(string key)
        {
            while (true)
            {
                try
                {
                    return await ReadAsync(driver, key);
                }
                catch (StoreException e) when (e.IsTransient && e.Message.Contains("replaced", StringComparison.Ordinal))
                {
                }
            }
        }

        async Task AppendAsync(string key, string line)
        {
            var unsure = false;
            while (true)
            {
                Interlocked.Add(ref operations, 2);
                var (text, version) = await ReadAgainAsync(key);
                if (unsure && ("\n" + text).Contains("\n" + line, StringComparison.Ordinal)) return;
                try
                {
                    if ((await driver.PutAsync(key, Body(text + line), WriteCondition.IfMatch(version!.Value), Token)).Succeeded) return;
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

    private static Func<string, Fault> Once(string part, Fault fault, string method = "")
    {
        var done = 0;
        return line => line.Contains(part, StringComparison.Ordinal) && line.StartsWith(method, StringComparison.Ordinal) && Interlocked.Exchange(ref done, 1) == 0
            ? fault : Fault.None;
    }

    private static async Task<(string Text, ObjectVersion? Version)> ReadAsync(S3StoreDriver driver, string key = "key")
    {
        var content = await ObjectContent.ReadAsync((await driver.OpenReadAsync(key, Token))!, Token);
        return (content.Text, content.Version);
    }

    private static async Task CloseAsync(S3StoreDriver direct, FaultProxy proxy, S3StoreDriver driver)
    {
        await driver.DisposeAsync();
        await proxy.DisposeAsync();
        await direct.DisposeAsync();
    }

    private async Task<(S3StoreDriver Direct, FaultProxy Proxy, S3StoreDriver Driver)> OpenAsync(
        Func<string, Fault> plan, Func<S3Options, S3Options>? change = null)
    {
        var proxy = new FaultProxy(server.Options.Endpoint!, plan);
        var bucket = await server.CreateBucketAsync(Token);
        var driver = server.Open(bucket, options =>
        {
            options = options with { Endpoint = proxy.Address, RetryDelay = TimeSpan.FromMilliseconds(10), PartSize = 5 << 20 };
            return change is null ? options : change(options);
        });
        return (server.Open(bucket), proxy, driver);
    }
}
