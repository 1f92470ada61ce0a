using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Swift.Objects;
using Kops.Vfs.Swift.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Swift.Tests;

/// <summary>What the driver does beyond the suite.</summary>
public sealed class SwiftRequestTests(SwiftServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_object_is_written_in_segments_and_goes_away_with_them(bool lengthIsKnown)
    {
        var container = await server.CreateContainerAsync();
        await using var driver = server.Open(
            container,
            options => options with { SegmentThreshold = 300_000, SegmentSize = 100_000, BufferSize = 50_000 }
        );
        var bytes = new byte[350_000];
        new Random(3).NextBytes(bytes);

        var put = await driver.PutAsync(
            "dir/large",
            ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)), lengthIsKnown ? bytes.Length : null),
            WriteCondition.IfAbsent,
            Token
        );

        Assert.Equal(4, (await SegmentsAsync(container)).Count);
        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("dir/large", Token))!, Token);
        Assert.Equal((put.Version, bytes.Length), (read.Version, (int)read.Info.Size));
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        Assert.Equal(bytes.Length, (await driver.ListAsync("dir/", ListDepth.Tree, Token).SingleAsync(Token)).Object!.Size);

        Assert.Equal(
            WriteResult.Conflict,
            (await driver.PutAsync("dir/large", Body("x"), WriteCondition.IfMatch(new ObjectVersion("stale")), Token)).Result
        );
        Assert.Equal(WriteResult.Done, (await driver.DeleteAsync("dir/large", WriteCondition.IfMatch(read.Version), Token)).Result);
        Assert.Empty(await SegmentsAsync(container));
    }

    [Fact]
    public async Task Segments_of_what_is_replaced_go_away()
    {
        var container = await server.CreateContainerAsync();
        await using var driver = server.Open(container, options => options with { SegmentThreshold = 1000, SegmentSize = 1000 });
        var first = await driver.PutAsync("large", ObjectBody.FromBytes(new byte[2500]), WriteCondition.IfAbsent, Token);
        var second = await driver.PutAsync(
            "large",
            ObjectBody.FromBytes(new byte[1500]),
            WriteCondition.IfMatch(first.Version!.Value),
            Token
        );
        Assert.Equal(2, (await SegmentsAsync(container)).Count);

        await driver.PutAsync("large", Body("small"), WriteCondition.IfMatch(second.Version!.Value), Token);

        Assert.Empty(await SegmentsAsync(container));
    }

    [Fact]
    public async Task Many_objects_are_deleted_with_one_request_and_what_is_absent_is_deleted_already()
    {
        var container = await server.CreateContainerAsync();
        await using var driver = server.Open(container);
        string[] keys = ["a", "dir/odd name+%2F?#ü😀", "new\nline", "dir/b"];
        foreach (var key in keys)
            await driver.PutAsync(key, Body(key), WriteCondition.Any, Token);

        Assert.Empty(await driver.DeleteBatchAsync([.. keys[..3], "never/was"], Token));

        Assert.Equal(["dir/b"], await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task A_copy_is_made_by_the_server_under_its_condition_and_has_a_version_of_its_own()
    {
        await using var driver = server.Open(await server.CreateContainerAsync());
        var source = await driver.PutAsync("dir/source", Body("content"), WriteCondition.Any, Token);

        var copy = await driver.CopyAsync("dir/source", "dir/copy ü", WriteCondition.IfAbsent, Token);
        var again = await driver.CopyAsync("dir/source", "dir/copy ü", WriteCondition.IfAbsent, Token);

        Assert.Equal((WriteResult.Done, WriteResult.Conflict), (copy!.Value.Result, again!.Value.Result));
        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("dir/copy ü", Token))!, Token);
        Assert.Equal(("content", copy.Value.Version), (read.Text, read.Version));
        Assert.NotEqual(source.Version, read.Version);
        Assert.Null(await driver.CopyAsync("nothing", "x", WriteCondition.Any, Token));
    }

    [Fact]
    public async Task Versions_are_listed_opened_and_removed_where_the_container_keeps_them_and_those_of_the_lock_go_with_it()
    {
        var container = await server.CreateContainerAsync(("X-Versions-Enabled", "true"));
        var driver = server.Open(container);
        await driver.PutAsync("key", Body("first"), WriteCondition.IfAbsent, Token);
        await driver.PutAsync("key", Body("second"), WriteCondition.Any, Token);
        await driver.DeleteAsync("key", WriteCondition.Any, Token);

        var versions = await driver.ListVersionsAsync("key", Token).ToListAsync(Token);

        Assert.Equal([null, 6L, 5L], versions.Select(version => version.Object?.Size));
        Assert.Equal("first", (await ObjectContent.ReadAsync((await driver.OpenVersionAsync("key", versions[2].Id, Token))!, Token)).Text);
        Assert.Equal(3, await driver.DeleteAllVersionsAsync("key", Token));
        Assert.Empty(await driver.ListVersionsAsync("key", Token).ToListAsync(Token));
        await driver.DisposeAsync();
        await using var bare = server.OpenBare(container);
        Assert.Empty(await bare.ListVersionsAsync(LockLayer.Key, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task What_is_not_found_while_it_is_written_over_is_looked_for_once_more()
    {
        var container = await server.CreateContainerAsync();
        using var blink = new BlinkingHandler();
        await using var driver = SwiftStores.Open(
            container,
            "swift://" + container,
            server.TokenOptions with
            {
                WrapNetwork = blink.Wrap,
            },
            TimeProvider.System
        );
        await driver.PutAsync("key", Body("content"), WriteCondition.Any, Token);

        blink.Close();
        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);
        blink.Close();
        var found = await driver.StatAsync("key", Token);

        Assert.Equal(("content", read.Version), (read.Text, found?.Version));
        Assert.Null(await driver.StatAsync("nothing", Token));
    }

    [Fact]
    public async Task What_another_program_wrote_has_a_version_too()
    {
        var container = await server.CreateContainerAsync();
        await using var driver = server.Open(container);
        using (await server.SendAsync(HttpMethod.Put, $"/{container}/key", "theirs")) { }

        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);
        using (await server.SendAsync(HttpMethod.Put, $"/{container}/key", "theirs")) { }

        Assert.Equal(
            WriteResult.Conflict,
            (await driver.PutAsync("key", Body("mine"), WriteCondition.IfMatch(read.Version), Token)).Result
        );
    }

    [Fact]
    public async Task A_listing_of_more_than_a_page_is_whole()
    {
        var container = await server.CreateContainerAsync();
        await using var driver = server.OpenBare(container);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 60),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (i, token) => await driver.PutAsync($"{i % 20:d2}/{i:d3}", Body("x"), WriteCondition.Any, token)
        );
        var paged = new SwiftListing(new SwiftContainer(container, "swift://x", server.TokenOptions, TimeProvider.System), pageSize: 7);

        Assert.Equal(60, await paged.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
        Assert.Equal(20, await paged.ListAsync(string.Empty, ListDepth.Children, Token).CountAsync(Token));
        // More than the store gives at once is refused by it; then it is asked for as many as it likes.
        var greedy = new SwiftListing(
            new SwiftContainer(container, "swift://x", server.TokenOptions, TimeProvider.System),
            pageSize: 1_000_000
        );
        Assert.Equal(60, await greedy.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private async Task<List<string>> SegmentsAsync(string container)
    {
        using var answer = await server.SendAsync(HttpMethod.Get, $"/{container}_segments");
        return [.. (await answer.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
