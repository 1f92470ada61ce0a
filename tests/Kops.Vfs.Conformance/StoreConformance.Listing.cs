using System.Globalization;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_missing_prefix_and_an_empty_store_list_nothing()
    {
        Assert.Empty(await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Empty(await KeysAsync(string.Empty, ListDepth.Children));
        await PutAsync("dir/object", "content");
        Assert.Empty(await KeysAsync("other/", ListDepth.Tree));
        Assert.Empty(await KeysAsync("dir/object/", ListDepth.Children));
        Assert.Empty(await KeysAsync("dir/sub/", ListDepth.Children));
    }

    [Fact]
    public async Task A_prefix_never_touches_its_siblings()
    {
        foreach (var key in (string[])["a/b/x", "a/bc", "a/b.c", "a/b c/x", "a/b-c/x", "a/c/x"])
            await PutAsync(key, key);

        Assert.Equal(["a/b/x"], await KeysAsync("a/b/", ListDepth.Tree));
        Assert.Equal(["a/b/x"], await KeysAsync("a/b/", ListDepth.Children));
    }

    [Fact]
    public async Task Listings_are_in_the_order_of_the_keys_UTF8_bytes()
    {
        // '-' and '.' sort before '/', letters after it; U+FF5E before U+1F600 although its UTF-16 is greater.
        string[] keys = ["a-b", "a-b2/x", "a.b", "a/x", "a/y/z", "a0", "aa", "b", "é", "\uff5e", "😀"];
        foreach (var key in keys.Reverse())
            await PutAsync(key, key);

        Assert.Equal(keys, await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Equal(
            ["a-b", "a-b2/", "a.b", "a/", "a0", "aa", "b", "é", "\uff5e", "😀"],
            await KeysAsync(string.Empty, ListDepth.Children)
        );
        Assert.Equal(["a/x", "a/y/"], await KeysAsync("a/", ListDepth.Children));
    }

    [Fact]
    public async Task Rows_of_a_listing_say_what_a_stat_says()
    {
        await PutAsync("dir/one", "1");
        await PutAsync("dir/two", "22");
        await PutAsync("dir/sub/three", "333");

        await foreach (var entry in Driver.ListAsync("dir/", ListDepth.Children, Token))
        {
            if (entry.IsPrefix)
                Assert.Equal("dir/sub/", entry.Key);
            if (entry.IsPrefix)
                continue;
            var stat = await Driver.StatAsync(entry.Key, Token);
            Assert.Equal(
                (stat!.Key, stat.Size, stat.Version),
                (entry.Object!.Key, entry.Object.Size, entry.Object.Version ?? stat.Version)
            );
        }
    }

    [Fact]
    public async Task What_was_deleted_is_no_longer_listed_nor_is_its_prefix()
    {
        await PutAsync("a/b/c/d", "x");
        await PutAsync("a/e", "x");
        await Driver.DeleteAsync("a/b/c/d", WriteCondition.Any, Token);

        Assert.Equal(["a/e"], await KeysAsync("a/", ListDepth.Children));
        Assert.Equal(["a/e"], await KeysAsync(string.Empty, ListDepth.Tree));
    }

    [Fact]
    public async Task A_listing_stops_when_cancelled()
    {
        for (var i = 0; i < 3; i++)
            await PutAsync($"object{i}", "x");
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var entry in Driver.ListAsync(string.Empty, ListDepth.Tree, cancel.Token))
                await cancel.CancelAsync();
        });
    }

    [Fact]
    public async Task Many_keys_are_listed_in_order_and_none_twice()
    {
        var body = ObjectBody.FromBytes("x"u8.ToArray());
        var keys = Enumerable.Range(0, ManyKeys).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 100}/{i}")).ToArray();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Token },
            async (key, token) => await Driver.PutAsync(key, body, WriteCondition.Any, token)
        );

        Array.Sort(keys, StringComparer.Ordinal);
        Assert.Equal(keys, await KeysAsync(string.Empty, ListDepth.Tree));
        Assert.Equal(
            keys.Select(key => key[..(key.IndexOf('/', StringComparison.Ordinal) + 1)]).Distinct(),
            await KeysAsync(string.Empty, ListDepth.Children)
        );
        Assert.Equal(keys.Where(key => key.StartsWith("7/", StringComparison.Ordinal)), await KeysAsync("7/", ListDepth.Children));
    }
}
