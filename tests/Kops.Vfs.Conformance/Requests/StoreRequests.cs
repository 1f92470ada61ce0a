using System.Globalization;
using System.Text;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance.Requests;

/// <summary>
/// How many requests things cost, counted: no driver may ask twice, list more than is read, or look before it writes. A store's own class
/// says how a store is opened with a counter, and what is peculiar to it (<see cref="Costs"/>).
/// </summary>
public abstract class StoreRequests
{
    /// <summary>The test's own token.</summary>
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What things cost here.</summary>
    protected virtual RequestCosts Costs { get; } = new();

    [Fact]
    public async Task Reads_and_writes_cost_what_they_must_and_no_more()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter);
        counter.Take();

        var first = await driver.PutAsync("key", Body("1"), WriteCondition.IfAbsent, Token);
        Assert.Equal(Costs.Put, counter.Take());
        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", Body("2"), WriteCondition.IfAbsent, Token)).Result);
        Assert.Equal(Costs.Put, counter.Take());
        Assert.Equal(
            WriteResult.Done,
            (await driver.PutAsync("key", Body("3"), WriteCondition.IfMatch(first.Version!.Value), Token)).Result
        );
        Assert.Equal(Costs.Put, counter.Take());
        Assert.Equal(
            WriteResult.Conflict,
            (await driver.PutAsync("key", Body("4"), WriteCondition.IfMatch(first.Version!.Value), Token)).Result
        );
        Assert.Equal(Costs.Put, counter.Take());
        await driver.StatAsync("key", Token);
        Assert.Equal(Costs.Stat, counter.Take());
        await driver.StatAsync("other", Token);
        Assert.Equal(Costs.Stat, counter.Take());
        await using (await driver.OpenReadAsync("key", Token)) { }

        Assert.Equal(Costs.Read, counter.Take());
        await driver.DeleteAsync("key", WriteCondition.Any, Token);
        Assert.Equal(Costs.Delete, counter.Take());
    }

    [Fact]
    public async Task A_listing_takes_a_request_for_each_page_and_one_for_a_level_and_goes_no_further_than_it_is_read()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter);
        var count = Costs.PageSize + (Costs.PageSize / 10);
        await WriteAsync(driver, Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 3}/{i}")));
        counter.Take();

        Assert.Equal(count, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
        Assert.Equal($"{Costs.Page} {Costs.Page}", counter.Take());
        Assert.Equal(10, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Take(10).CountAsync(Token));
        Assert.Equal(Costs.Page, counter.Take());
        Assert.Equal(
            ["0/", "1/", "2/"],
            await driver.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal(Costs.Page, counter.Take());
    }

    [Fact]
    public async Task Two_hundred_clusters_take_one_delimited_listing_and_a_read_each()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter);
        await WriteAsync(
            driver,
            Enumerable
                .Range(0, 200)
                .SelectMany(i => (string[])[$"c{i}.example.com/config", $"c{i}.example.com/pki/a", $"c{i}.example.com/pki/b"])
        );
        counter.Take();

        var found = await driver.ListAsync(string.Empty, ListDepth.Children, Token).ToListAsync(Token);
        await Parallel.ForEachAsync(
            found,
            Token,
            async (entry, token) =>
            {
                await using var reader = await driver.OpenReadAsync(entry.Key + "config", token);
                Assert.NotNull(reader);
            }
        );

        Assert.Equal(201, counter.Take().Split(' ').Length);
    }

    /// <summary>
    /// Opens an empty store that has seen its bucket and has its credentials, through a counter (<see cref="CountingHandler.Wrap"/>).
    /// </summary>
    protected abstract ValueTask<IStoreDriver> OpenAsync(CountingHandler counter);

    /// <summary>Text as a body.</summary>
    protected static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private static Task WriteAsync(IStoreDriver driver, IEnumerable<string> keys) =>
        Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Token },
            async (key, token) => await driver.PutAsync(key, Body("x"), WriteCondition.Any, token)
        );
}
