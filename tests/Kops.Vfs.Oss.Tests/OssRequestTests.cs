using System.Text;
using Kops.Vfs.Conformance;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Tests.Servers;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.Oss.Tests;

/// <summary>How many requests things cost, and what they do beyond the suite.</summary>
public sealed class OssRequestTests(TestServer server)
{
    private const int Part = 100 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_and_writes_cost_what_they_must_and_no_more()
    {
        var counter = new CountingHandler();
        await using var driver = Open(counter);

        var first = await driver.PutAsync("key", Body("1"), WriteCondition.Any, Token);
        Assert.Equal("PUT", counter.Take());
        await driver.PutAsync("key", Body("2"), WriteCondition.IfMatch(first.Version!.Value), Token);
        Assert.Equal("HEAD PUT", counter.Take());
        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", Body("3"), WriteCondition.IfAbsent, Token)).Result);
        Assert.Equal("HEAD", counter.Take());
        await driver.StatAsync("key", Token);
        await driver.StatAsync("other", Token);
        Assert.Equal("HEAD HEAD", counter.Take());
        Assert.Equal("2", (await driver.ReadAsync("key", Token))!.Text);
        Assert.Equal("GET", counter.Take());
        await driver.DeleteAsync("key", WriteCondition.Any, Token);
        Assert.Equal("HEAD DELETE", counter.Take());
    }

    [Fact]
    public async Task A_listing_takes_a_request_for_each_page_and_one_for_a_level()
    {
        var counter = new CountingHandler();
        await using var driver = Open(counter, options => options with { PageSize = 10 });
        for (var i = 0; i < 25; i++)
            await driver.PutAsync($"{i % 3}/ü +%{i}", Body("x"), WriteCondition.Any, Token);
        counter.Take();

        Assert.Equal(25, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
        Assert.Equal("GET GET GET", counter.Take());
        Assert.Equal(
            ["0/", "1/", "2/"],
            await driver.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal("GET", counter.Take());
    }

    [Theory]
    [InlineData(Part, "PUT")]
    [InlineData(Part + 1, "POST PUT PUT POST")]
    [InlineData((2 * Part) + 5, "POST PUT PUT PUT POST")]
    public async Task What_is_longer_than_a_part_is_sent_in_parts(int length, string requests)
    {
        foreach (var known in (bool[])[true, false])
        {
            var counter = new CountingHandler();
            await using var driver = Open(counter, options => options with { PartSize = Part });

            var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(length)), known ? length : null);
            var put = await driver.PutAsync("key", body, WriteCondition.Any, Token);

            Assert.Equal(requests, counter.Take());
            var read = await driver.ReadAsync("key", Token);
            Assert.Equal((length, put.Version), (read!.Bytes.Length, (ObjectVersion?)read.Version));
            using var expected = new MemoryStream();
            await new PatternStream(length).CopyToAsync(expected, Token);
            Assert.True(expected.GetBuffer().AsSpan(0, length).SequenceEqual(read.Bytes.Span));
        }
    }

    [Theory]
    [InlineData(100, 99)]
    [InlineData(100, 101)]
    [InlineData(Part, Part + 1)]
    [InlineData(3 * Part, (3 * Part) + 1)]
    [InlineData(3 * Part, (3 * Part) - 1)]
    public async Task Content_of_another_length_than_promised_is_not_written(int promised, int length)
    {
        await using var driver = Open(new CountingHandler(), options => options with { PartSize = Part });
        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(length)), promised);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.PutAsync("key", body, WriteCondition.Any, Token));

        Assert.Equal(StoreErrorKind.Corrupt, e.Kind);
        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task A_copy_is_made_by_the_server()
    {
        var counter = new CountingHandler();
        await using var driver = Open(counter);
        await driver.PutAsync("odd key+%/ü", Body("content"), WriteCondition.Any, Token);
        counter.Take();

        var copied = await driver.CopyAsync("odd key+%/ü", "copy", WriteCondition.Any, Token);

        Assert.Equal("HEAD PUT", counter.Take());
        var read = await driver.ReadAsync("copy", Token);
        Assert.Equal(("content", copied!.Value.Version), (read!.Text, (ObjectVersion?)read.Version));
        Assert.Null(await driver.CopyAsync("missing", "copy", WriteCondition.Any, Token));
    }

    [Fact]
    public async Task Many_are_deleted_with_one_request()
    {
        var counter = new CountingHandler();
        await using var driver = Open(counter);
        string[] keys = ["a", "b/c", "odd <key>+%&\"ü"];
        foreach (var key in keys)
            await driver.PutAsync(key, Body("x"), WriteCondition.Any, Token);
        counter.Take();

        Assert.Empty(await driver.DeleteBatchAsync(keys, Token));

        Assert.Equal("POST", counter.Take());
        Assert.Equal(0, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
    }

    [Fact]
    public async Task Versions_that_the_bucket_keeps_are_listed_read_and_removed()
    {
        await using var driver = server.OpenBare(server.CreateBucket(versioning: true));
        foreach (var text in (string[])["first", "second"])
            await driver.PutAsync("key", Body(text), WriteCondition.Any, Token);
        await driver.PutAsync("key2", Body("other"), WriteCondition.Any, Token);
        await driver.DeleteAsync("key", WriteCondition.Any, Token);

        var versions = await driver.ListVersionsAsync("key", Token).ToListAsync(Token);

        Assert.Equal(
            ["deleted", "second", "first"],
            await Task.WhenAll(versions.Select(async version => version.Object is null ? "deleted" : await ReadAsync(version.Id)))
        );
        Assert.Null(await driver.OpenVersionAsync("key", "nonsense", Token));
        Assert.Equal(3, await driver.DeleteAllVersionsAsync("key", Token));
        Assert.Empty(await driver.ListVersionsAsync("key", Token).ToListAsync(Token));
        Assert.Single(await driver.ListVersionsAsync("key2", Token).ToListAsync(Token));

        async Task<string> ReadAsync(string id) =>
            (await ObjectContent.ReadAsync((await driver.OpenVersionAsync("key", id, Token))!, Token)).Text;
    }

    [Fact]
    public async Task Encryption_is_asked_for_where_the_user_wants_it()
    {
        var bucket = server.CreateBucket();
        await using var driver = server.OpenBare(bucket, options => options with { Encryption = "AES256", PartSize = Part });

        await driver.PutAsync("small", Body("x"), WriteCondition.Any, Token);
        await driver.PutAsync("large", ObjectBody.FromBytes(new byte[2 * Part]), WriteCondition.Any, Token);

        foreach (var key in (string[])["small", "large"])
            Assert.Equal("AES256", server.Server.HeaderOf(bucket, key, "x-oss-server-side-encryption"));
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));

    private OssStoreDriver Open(CountingHandler counter, Func<OssOptions, OssOptions>? change = null) =>
        server.OpenBare(
            server.CreateBucket(),
            options =>
            {
                options = options with { WrapNetwork = counter.Wrap };
                return change is null ? options : change(options);
            }
        );
}
