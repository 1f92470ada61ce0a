using Kops.Vfs.Conformance;
using Kops.Vfs.Conformance.Requests;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Gcs.Tests.Servers;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>How many requests things cost, and what they do beyond the suite.</summary>
public sealed class GcsRequestTests(TestServer server) : StoreRequests
{
    private const int Chunk = 256 * 1024;

    protected override RequestCosts Costs { get; } = new() { Put = "POST", Stat = "GET" };

    [Fact]
    public async Task A_version_that_is_no_generation_matches_nothing()
    {
        await using var driver = server.Open(server.CreateBucket());
        foreach (var version in (string[])["0", "-1", "abc", "\"etag\"", "99999999999999999999"])
        {
            var condition = WriteCondition.IfMatch(new ObjectVersion(version));
            Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", Body("x"), condition, Token)).Result);
            Assert.Equal(WriteResult.Absent, (await driver.DeleteAsync("key", condition, Token)).Result);
        }

        await driver.PutAsync("key", Body("x"), WriteCondition.Any, Token);
        Assert.Equal(WriteResult.Conflict, (await driver.DeleteAsync("key", WriteCondition.IfMatch(new ObjectVersion("0")), Token)).Result);
    }

    [Theory]
    [InlineData(Chunk, "POST")]
    [InlineData(Chunk + 1, "POST PUT PUT")]
    [InlineData(2 * Chunk, "POST PUT PUT")]
    [InlineData((3 * Chunk) + 5, "POST PUT PUT PUT PUT")]
    public async Task What_is_longer_than_a_chunk_is_sent_in_chunks(int length, string requests)
    {
        foreach (var known in (bool[])[true, false])
        {
            var counter = new CountingHandler();
            await using var driver = await OpenAsync(counter, null);

            var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(length)), known ? length : null);
            var put = await driver.PutAsync("key", body, WriteCondition.IfAbsent, Token);

            Assert.Equal(requests, counter.Take());
            var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);
            Assert.Equal((length, put.Version), (read.Bytes.Length, read.Version));
            using var expected = new MemoryStream();
            await new PatternStream(length).CopyToAsync(expected, Token);
            Assert.True(expected.GetBuffer().AsSpan(0, length).SequenceEqual(read.Bytes.Span));
        }
    }

    [Theory]
    [InlineData(100, 99)]
    [InlineData(100, 101)]
    [InlineData(Chunk, Chunk + 1)]
    [InlineData(3 * Chunk, (3 * Chunk) + 1)]
    [InlineData(3 * Chunk, (3 * Chunk) - 1)]
    public async Task Content_of_another_length_than_promised_is_not_written(int promised, int length)
    {
        await using var driver = await OpenAsync(new CountingHandler(), null);
        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(length)), promised);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.PutAsync("key", body, WriteCondition.Any, Token));

        Assert.Equal(StoreErrorKind.Corrupt, e.Kind);
        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task A_large_write_on_a_stale_version_is_a_conflict_before_its_content_is_sent()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, null);
        var stale = (await driver.PutAsync("key", Body("1"), WriteCondition.Any, Token)).Version!.Value;
        await driver.PutAsync("key", Body("2"), WriteCondition.Any, Token);
        counter.Take();

        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(3 * Chunk)));
        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", body, WriteCondition.IfMatch(stale), Token)).Result);

        Assert.Equal("POST", counter.Take());
    }

    [Fact]
    public async Task A_large_write_whose_version_goes_stale_on_the_way_is_a_conflict()
    {
        await using var driver = await OpenAsync(new CountingHandler(), null);
        var version = (await driver.PutAsync("key", Body("1"), WriteCondition.Any, Token)).Version!.Value;
        var body = ObjectBody.FromStream(_ =>
            ValueTask.FromResult<Stream>(
                new PatternStream(
                    4 * Chunk,
                    atByte: 3 * Chunk,
                    () => driver.PutAsync("key", Body("2"), WriteCondition.Any, Token).AsTask().GetAwaiter().GetResult()
                )
            )
        );

        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", body, WriteCondition.IfMatch(version), Token)).Result);

        Assert.Equal("2", (await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token)).Text);
    }

    [Fact]
    public async Task A_copy_is_made_by_the_server_in_as_many_steps_as_it_wants()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, options => options with { ChunkSize = 8 << 20 });
        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(2_500_000)), 2_500_000);
        var original = await driver.PutAsync("odd key+%/ü", body, WriteCondition.IfAbsent, Token);
        counter.Take();

        var copied = await driver.CopyAsync("odd key+%/ü", "copy/ü", WriteCondition.IfAbsent, Token);

        // The server copies a megabyte at a time.
        Assert.Equal("POST POST POST", counter.Take());
        var stat = await driver.StatAsync("copy/ü", Token);
        Assert.Equal((stat!.Version, stat.Size), (copied!.Value.Version, 2_500_000));
        Assert.Equal(WriteResult.Conflict, (await driver.CopyAsync("odd key+%/ü", "copy/ü", WriteCondition.IfAbsent, Token))!.Value.Result);
        Assert.Equal(
            WriteResult.Conflict,
            (await driver.CopyAsync("odd key+%/ü", "copy/ü", WriteCondition.IfMatch(original.Version!.Value), Token))!.Value.Result
        );
        Assert.Equal(
            WriteResult.Done,
            (await driver.CopyAsync("odd key+%/ü", "copy/ü", WriteCondition.IfMatch(stat.Version!.Value), Token))!.Value.Result
        );
        Assert.Null(await driver.CopyAsync("missing", "copy", WriteCondition.Any, Token));
    }

    [Fact]
    public async Task Versions_that_the_bucket_keeps_are_listed_read_and_removed()
    {
        await using var driver = server.Open(server.CreateBucket(new BucketOptions { Versioning = true }));
        foreach (var text in (string[])["first", "second"])
            await driver.PutAsync("key", Body(text), WriteCondition.Any, Token);
        await driver.PutAsync("key2", Body("other"), WriteCondition.Any, Token);
        Assert.Equal([true, false], await driver.ListVersionsAsync("key", Token).Select(version => version.IsCurrent).ToListAsync(Token));
        await driver.DeleteAsync("key", WriteCondition.Any, Token);

        var versions = await driver.ListVersionsAsync("key", Token).ToListAsync(Token);

        Assert.Equal([false, false], versions.Select(version => version.IsCurrent));
        Assert.Equal("second", await ReadAsync(versions[0].Id));
        Assert.Equal("first", await ReadAsync(versions[1].Id));
        Assert.Null(await driver.OpenVersionAsync("key", "1", Token));
        Assert.Null(await driver.OpenVersionAsync("key", "nonsense", Token));
        Assert.Equal(2, await driver.DeleteAllVersionsAsync("key", Token));
        Assert.Empty(await driver.ListVersionsAsync("key", Token).ToListAsync(Token));
        Assert.Single(await driver.ListVersionsAsync("key2", Token).ToListAsync(Token));

        async Task<string> ReadAsync(string id) =>
            (await ObjectContent.ReadAsync((await driver.OpenVersionAsync("key", id, Token))!, Token)).Text;
    }

    [Fact]
    public async Task Many_versions_of_one_object_are_listed_over_several_pages()
    {
        await using var driver = server.Open(server.CreateBucket(new BucketOptions { Versioning = true }));
        for (var i = 0; i < 1005; i++)
            await driver.PutAsync("key", Body($"{i}"), WriteCondition.Any, Token);
        await driver.PutAsync("key-after", Body("x"), WriteCondition.Any, Token);

        var versions = await driver.ListVersionsAsync("key", Token).ToListAsync(Token);

        Assert.Equal((1005, true), (versions.Count, versions[0].IsCurrent));
        Assert.Equal(
            versions.Select(version => long.Parse(version.Id)).OrderDescending(),
            versions.Select(version => long.Parse(version.Id))
        );
    }

    [Fact]
    public async Task Content_that_was_spoilt_is_never_given_out_as_good()
    {
        var bucket = server.CreateBucket();
        await using var driver = server.Open(bucket);
        await driver.PutAsync("key", Body("content"), WriteCondition.Any, Token);
        server.Server.Corrupt(bucket, "key");

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token)
        );

        Assert.Equal(StoreErrorKind.Corrupt, e.Kind);
    }

    [Fact]
    public async Task Folder_markers_of_consoles_are_not_objects()
    {
        var bucket = server.CreateBucket();
        await using var driver = server.Open(bucket);
        await driver.PutAsync("dir/object", Body("x"), WriteCondition.Any, Token);
        await driver.PutAsync("dir/", Body(string.Empty), WriteCondition.Any, Token);

        Assert.Equal(
            ["dir/object"],
            await driver.ListAsync("dir/", ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal(
            ["dir/object"],
            await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
    }

    protected override async ValueTask<IStoreDriver> OpenAsync(CountingHandler counter) => await OpenAsync(counter, null);

    /// <summary>A driver that has a token already, and has seen its bucket.</summary>
    private async Task<GcsStoreDriver> OpenAsync(CountingHandler counter, Func<GcsOptions, GcsOptions>? change)
    {
        var driver = server.Open(
            server.CreateBucket(),
            options =>
            {
                options = options with { WrapNetwork = counter.Wrap, ChunkSize = Chunk };
                return change is null ? options : change(options);
            }
        );
        await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token);
        counter.Take();
        return driver;
    }
}
