using System.Text;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Tests.Stub;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.Gcs.Tests.Emulators;

/// <summary>What emulators do otherwise than the service, one thing at a time.</summary>
public sealed class EmulatorTests(EmulatorServers servers)
{
    private const int Chunk = 256 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, EmulatorQuirks> Quirks() =>
        new()
        {
            {
                "content without a generation",
                new EmulatorQuirks { BareContent = true }
            },
            {
                "content without a length",
                new EmulatorQuirks { ContentWithoutLength = true }
            },
            {
                "neither",
                new EmulatorQuirks { BareContent = true, ContentWithoutLength = true }
            },
            {
                "one page out of order",
                new EmulatorQuirks { OneUnsortedPage = true }
            },
            {
                "an address for uploads that leads nowhere",
                new EmulatorQuirks { UploadHost = "0.0.0.0:4443" }
            },
            {
                "chunks that must say the whole length",
                new EmulatorQuirks { ChunkWithoutTotalIsAll = true }
            },
            {
                "no copies",
                new EmulatorQuirks { NoCopies = true }
            },
            {
                "few words",
                new EmulatorQuirks { Terse = true, LooseJson = true }
            },
        };

    [Theory]
    [MemberData(nameof(Quirks))]
    public async Task Objects_are_written_read_listed_copied_and_deleted_all_the_same(string what, EmulatorQuirks quirks)
    {
        var (bucket, address) = await servers.CreateBucketAsync(quirks);
        await using var driver = EmulatorServers.Open(bucket, address);
        var large = new byte[(2 * Chunk) + 100];
        new Random(what.Length).NextBytes(large);

        var small = await driver.PutAsync("b/small", Body("small"), WriteCondition.IfAbsent, Token);
        var put = await driver.PutAsync(
            "a",
            ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(large)), large.Length),
            WriteCondition.IfAbsent,
            Token
        );
        await driver.PutAsync("b/empty", Body(string.Empty), WriteCondition.Any, Token);
        await driver.PutAsync("B", Body("x"), WriteCondition.Any, Token);
        var copy = await driver.CopyAsync("a", "c", WriteCondition.Any, Token);

        var read = await driver.ReadAsync("a", Token);
        Assert.Equal((put.Version, large.Length), (read!.Version, (int)read.Info.Size));
        Assert.True(large.AsSpan().SequenceEqual(read.Bytes.Span));
        Assert.Equal(
            ("small", small.Version),
            ((await driver.ReadAsync("b/small", Token))!.Text, (await driver.StatAsync("b/small", Token))!.Version)
        );
        Assert.Equal(string.Empty, (await driver.ReadAsync("b/empty", Token))!.Text);
        Assert.Null(await driver.OpenReadAsync("absent", Token));
        Assert.Equal(quirks.NoCopies, copy is null);
        if (copy is not null)
            await driver.DeleteAsync("c", WriteCondition.Any, Token);
        Assert.Equal(
            ["B", "a", "b/"],
            await driver.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal(
            ["B", "a", "b/empty", "b/small"],
            await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("b/small", Body("x"), WriteCondition.IfAbsent, Token)).Result);
        Assert.Equal(WriteResult.Done, (await driver.DeleteAsync("b/small", WriteCondition.IfMatch(small.Version!.Value), Token)).Result);
        Assert.Equal(WriteResult.Absent, (await driver.DeleteAsync("b/small", WriteCondition.Any, Token)).Result);
    }

    [Theory]
    [InlineData(IgnoredConditions.All, "If-None-Match")]
    [InlineData(IgnoredConditions.Copies, "a copy")]
    [InlineData(IgnoredConditions.Deletes, "a delete")]
    public async Task A_server_that_ignores_conditions_even_of_one_kind_of_request_is_found_out_and_named(
        IgnoredConditions ignored,
        string what
    )
    {
        var (bucket, address) = await servers.CreateBucketAsync(new EmulatorQuirks { Ignores = ignored });
        await using var driver = EmulatorServers.OpenChecked(bucket, address);

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await driver.PutAsync("key", Body("x"), WriteCondition.IfAbsent, Token)
        );

        Assert.Equal(StoreErrorKind.Unsupported, e.Kind);
        Assert.Contains(what, e.Message, StringComparison.Ordinal);
        Assert.Empty(await driver.ListAsync(string.Empty, ListDepth.Tree, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_server_that_ends_an_upload_with_its_first_chunk_is_told_and_half_an_object_does_not_stay()
    {
        var (bucket, address) = await servers.CreateBucketAsync(new EmulatorQuirks { FirstChunkIsAll = true });
        await using var driver = EmulatorServers.Open(bucket, address);

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await driver.PutAsync("key", ObjectBody.FromBytes(new byte[3 * Chunk]), WriteCondition.IfAbsent, Token)
        );

        Assert.Equal((StoreErrorKind.Unsupported, false), (e.Kind, e.IsTransient));
        Assert.Contains("takes no uploads in chunks, and so nothing longer than 256 KiB", e.Message, StringComparison.Ordinal);
        Assert.Null(await driver.StatAsync("key", Token));
    }

    [Fact]
    public async Task An_upload_of_which_nothing_is_taken_is_tried_a_bounded_number_of_times()
    {
        var service = new StubService(request =>
            request.Method == HttpMethod.Post
                ? StubService.Say(200, "{}", ("Location", "/upload/session?upload_id=1"))
                : StubService.Say(308)
        );
        await using var driver = new GcsStoreDriver(
            "bucket",
            "gs://bucket",
            new GcsOptions
            {
                Anonymous = true,
                WrapNetwork = _ => service,
                MaxRetries = 2,
                RetryDelay = TimeSpan.FromMilliseconds(1),
                ChunkSize = Chunk,
            },
            TimeProvider.System
        );

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await driver.PutAsync("key", ObjectBody.FromBytes(new byte[2 * Chunk]), WriteCondition.Any, Token)
        );

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.InRange(service.Requests.Count(request => request.Method == HttpMethod.Put), 3, 6);
    }

    [Fact]
    public async Task A_page_that_is_followed_by_itself_is_an_error_and_no_endless_listing()
    {
        var service = new StubService(_ =>
            StubService.Say(200, """{"nextPageToken":"again","items":[{"name":"a","generation":"1","size":"1"}]}""")
        );
        await using var driver = new GcsStoreDriver(
            "bucket",
            "gs://bucket",
            new GcsOptions
            {
                Anonymous = true,
                WrapNetwork = _ => service,
                MaxRetries = 0,
            },
            TimeProvider.System
        );

        var e = await Assert.ThrowsAsync<StoreException>(async () =>
            await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token)
        );

        Assert.Contains("a page is followed by itself", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, service.Requests.Count);
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));
}
