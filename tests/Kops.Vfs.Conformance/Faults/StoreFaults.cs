using System.Globalization;
using System.Text;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance.Faults;

/// <summary>
/// Broken networks and busy servers, with a real server behind them: what every driver that tries again by itself must get through. A
/// store's own class says how a store is opened through a <see cref="FaultProxy"/>.
/// </summary>
public abstract class StoreFaults
{
    /// <summary>The test's own token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What may befall a request in the long test.</summary>
    protected virtual IReadOnlyList<Fault> Faults { get; } =
    [Fault.Reset, Fault.LostAnswer, Fault.Truncated, Fault.SlowDown, Fault.ServerError, Fault.Delay];

    /// <summary>How the first line of a request begins that writes a small object.</summary>
    protected virtual string WriteRequest => "PUT";

    [Theory]
    [InlineData(Fault.LostAnswer, false)]
    [InlineData(Fault.LostAnswer, true)]
    [InlineData(Fault.Reset, true)]
    [InlineData(Fault.SlowDown, true)]
    [InlineData(Fault.ServerError, true)]
    [InlineData(Fault.Truncated, true)]
    public async Task A_conditional_write_that_is_hurt_once_happens_once(Fault fault, bool replacing)
    {
        await using var store = await OpenAsync(Once(IsWrite, fault));
        var condition = replacing ? WriteCondition.IfMatch(await PutAsync(store.Direct, "old")) : WriteCondition.IfAbsent;

        var outcome = await store.Driver.PutAsync("key", Body("new"), condition, Token);

        Assert.Equal((WriteResult.Done, 1), (outcome.Result, store.Proxy.Faults));
        Assert.Equal(("new", outcome.Version), await ReadAsync(store.Direct));
    }

    [Theory]
    [InlineData(Fault.LostAnswer)]
    [InlineData(Fault.Reset)]
    public async Task A_delete_that_is_hurt_once_has_deleted(Fault fault)
    {
        await using var store = await OpenAsync(Once("DELETE", fault));
        var version = await PutAsync(store.Direct, "old");

        var outcome = await store.Driver.DeleteAsync("key", WriteCondition.IfMatch(version), Token);

        Assert.True(outcome.Succeeded);
        Assert.InRange(store.Proxy.Faults, 1, 1);
        Assert.Null(await store.Direct.StatAsync("key", Token));
    }

    [Fact]
    public async Task After_a_lost_answer_somebody_elses_equal_content_is_not_taken_for_ones_own()
    {
        await using var store = await OpenAsync(Once(IsWrite, Fault.Reset));
        var old = await PutAsync(store.Direct, "5");
        // Two writers count from 5 to 6. This one's request never arrives; the other one's does, meanwhile.
        Assert.Equal(WriteResult.Done, (await store.Direct.PutAsync("key", Body("6"), WriteCondition.IfMatch(old), Token)).Result);

        Assert.Equal(WriteResult.Conflict, (await store.Driver.PutAsync("key", Body("6"), WriteCondition.IfMatch(old), Token)).Result);
    }

    [Fact]
    public async Task What_cannot_be_told_after_a_lost_answer_is_an_error_and_never_a_guess()
    {
        await using var store = await OpenAsync(Once(IsWrite, Fault.LostAnswer));
        var old = await PutAsync(store.Direct, "old");
        store.Proxy.AfterLostAnswer = () => PutAsync(store.Direct, "other");

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await store.Driver.PutAsync("key", Body("new"), WriteCondition.IfMatch(old), Token)
        );

        Assert.Equal((StoreErrorKind.Unavailable, false), (e.Kind, e.IsTransient));
        Assert.Contains("it cannot be told whether this write happened", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_breaks_off_is_read_on()
    {
        var faults = 3;
        await using var store = await OpenAsync(line =>
            line.StartsWith("GET", StringComparison.Ordinal) && faults-- > 0 ? Fault.Truncated : Fault.None
        );
        var bytes = new byte[3 << 20];
        new Random(1).NextBytes(bytes);
        await store.Direct.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.Any, Token);

        var read = await ObjectContent.ReadAsync((await store.Driver.OpenReadAsync("key", Token))!, Token);

        Assert.Equal(3, store.Proxy.Faults);
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
    }

    [Fact]
    public async Task A_read_that_breaks_off_while_the_object_is_replaced_is_an_error_and_never_a_mixture()
    {
        await using var store = await OpenAsync(Once("GET", Fault.Truncated));
        await store.Direct.PutAsync("key", ObjectBody.FromBytes(new byte[3 << 20]), WriteCondition.Any, Token);
        var reader = await store.Driver.OpenReadAsync("key", Token);
        await store.Direct.PutAsync("key", ObjectBody.FromBytes(Enumerable.Repeat((byte)1, 3 << 20).ToArray()), WriteCondition.Any, Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await ObjectContent.ReadAsync(reader!, Token));

        Assert.True(e.IsTransient, e.ToString());
    }

    [Theory]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.SlowDown)]
    [InlineData(Fault.Reset)]
    [InlineData(Fault.Silence)]
    public async Task What_stays_broken_is_tried_a_bounded_number_of_times(Fault fault)
    {
        await using var store = await OpenAsync(_ => fault, impatient: true);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await store.Driver.StatAsync("key", Token));

        Assert.True(e.IsTransient, e.ToString());
        Assert.Equal(3, store.Proxy.Faults);
    }

    [Fact]
    public async Task A_write_that_stays_broken_is_tried_a_bounded_number_of_times()
    {
        await using var store = await OpenAsync(_ => Fault.Reset, impatient: true);

        await Assert.ThrowsAsync<StoreException>(async () => await store.Driver.PutAsync("key", Body("x"), WriteCondition.Any, Token));

        Assert.Equal(3, store.Proxy.Faults);
    }

    [Fact]
    public async Task In_a_thousand_operations_on_a_bad_network_no_write_is_lost_or_doubled()
    {
        var random = new Random(7);
        await using var store = await OpenAsync(line =>
        {
            lock (random)
            {
                var fault = random.Next(100) < 15 ? Faults[random.Next(Faults.Count)] : Fault.None;
                return fault is Fault.TryAgain && !IsWrite(line) ? Fault.None : fault;
            }
        });
        await PutAsync(store.Direct, string.Empty, "log/0");
        await PutAsync(store.Direct, string.Empty, "log/1");
        var operations = 0;

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; Volatile.Read(ref operations) < 1000; i++)
                            Interlocked.Add(ref operations, await AppendAsync(store.Driver, $"log/{(writer + i) % 2}", $"{writer}.{i}\n"));
                    })
                )
        );

        foreach (var key in (string[])["log/0", "log/1"])
        {
            var lines = (await ReadAsync(store.Direct, key)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());
            foreach (var writer in lines.GroupBy(line => line[0], line => int.Parse(line.AsSpan(2), CultureInfo.InvariantCulture)))
                Assert.Equal(Enumerable.Range(0, writer.Count()).Select(i => writer.First() + (2 * i)), writer);
        }

        Assert.True(store.Proxy.Faults > 100, $"only {store.Proxy.Faults} faults");
    }

    /// <summary>Opens an empty store.</summary>
    /// <param name="plan">What the proxy does to a request, by its first line.</param>
    /// <param name="impatient">Whether the driver tries again twice only, and waits a third of a second for an answer.</param>
    protected abstract ValueTask<FaultyStore> OpenAsync(Func<string, Fault> plan, bool impatient = false);

    /// <summary>Whether a request, by its first line, writes a small object; for stores that have more than one such request.</summary>
    protected virtual bool IsWrite(string line) => line.StartsWith(WriteRequest, StringComparison.Ordinal);

    /// <summary>A plan that hurts the first request whose first line holds a text.</summary>
    protected static Func<string, Fault> Once(string part, Fault fault, string method = "") =>
        Once(line => line.Contains(part, StringComparison.Ordinal) && line.StartsWith(method, StringComparison.Ordinal), fault);

    /// <summary>A plan that hurts the first request of some kind.</summary>
    protected static Func<string, Fault> Once(Func<string, bool> which, Fault fault)
    {
        var done = 0;
        return line => which(line) && Interlocked.Exchange(ref done, 1) == 0 ? fault : Fault.None;
    }

    /// <summary>Text as a body.</summary>
    protected static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private static async Task<ObjectVersion> PutAsync(IStoreDriver driver, string text, string key = "key") =>
        (await driver.PutAsync(key, Body(text), WriteCondition.Any, Token)).Version!.Value;

    private static async Task<(string Text, ObjectVersion? Version)> ReadAsync(IStoreDriver driver, string key = "key")
    {
        while (true)
        {
            try
            {
                var content = await ObjectContent.ReadAsync((await driver.OpenReadAsync(key, Token))!, Token);
                return (content.Text, content.Version);
            }
            catch (StoreException e) when (e.IsTransient && e.Message.Contains("replaced", StringComparison.Ordinal)) { }
        }
    }

    /// <summary>Adds a line to an object, as every read-modify-write should be made.</summary>
    /// <returns>How many operations it took.</returns>
    private static async Task<int> AppendAsync(IStoreDriver driver, string key, string line)
    {
        var unsure = false;
        for (var operations = 2; ; operations += 2)
        {
            var (text, version) = await ReadAsync(driver, key);
            if (unsure && ("\n" + text).Contains("\n" + line, StringComparison.Ordinal))
                return operations;
            try
            {
                if ((await driver.PutAsync(key, Body(text + line), WriteCondition.IfMatch(version!.Value), Token)).Succeeded)
                    return operations;
                unsure = false;
            }
            catch (StoreException e) when (e.Message.Contains("cannot be told", StringComparison.Ordinal))
            {
                unsure = true;
            }
        }
    }
}
