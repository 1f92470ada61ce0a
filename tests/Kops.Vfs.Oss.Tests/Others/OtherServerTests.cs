using System.Text;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Server;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.Oss.Tests.Others;

/// <summary>What other servers do otherwise than OSS, one thing at a time.</summary>
public sealed class OtherServerTests(OtherServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, OssQuirks> Quirks() =>
        new()
        {
            { "as OSS", new OssQuirks() },
            {
                "the older signature alone",
                new OssQuirks { OldSignatureOnly = true }
            },
            {
                "overwrites always",
                new OssQuirks { OverwritesAlways = true }
            },
            {
                "metadata in reads alone",
                new OssQuirks { HeadWithoutMetadata = true }
            },
            {
                "no metadata",
                new OssQuirks { NoMetadata = true }
            },
            {
                "bare uploads in parts",
                new OssQuirks { BarePartUploads = true }
            },
            {
                "content without a length",
                new OssQuirks { ContentWithoutLength = true }
            },
            {
                "that, and metadata in reads alone",
                new OssQuirks { ContentWithoutLength = true, HeadWithoutMetadata = true }
            },
            {
                "the older listing",
                new OssQuirks { OldListing = true }
            },
            {
                "names that are not encoded",
                new OssQuirks { NamesAsTheyAre = true }
            },
            {
                "no listing of a level",
                new OssQuirks { NoGroups = true }
            },
            {
                "a namespace",
                new OssQuirks { Namespace = "http://doc.oss-cn-hangzhou.aliyuncs.com" }
            },
            { "all that the emulator is", OssQuirks.AliyunEmulator },
            { "bytes and little else", OssQuirks.Bare },
        };

    [Theory]
    [MemberData(nameof(Quirks))]
    public async Task Objects_are_written_read_listed_copied_and_deleted_all_the_same(string what, OssQuirks quirks)
    {
        var (bucket, server) = await servers.CreateBucketAsync(quirks);
        await using var driver = OtherServers.Open(bucket, server);
        await using var other = OtherServers.Open(bucket, server);
        var large = new byte[250 * 1024];
        new Random(what.Length).NextBytes(large);
        Assert.Empty(await driver.ListAsync(string.Empty, ListDepth.Children, Token).ToListAsync(Token));
        Assert.Null(await driver.StatAsync("absent", Token));

        var first = await driver.PutAsync("b/small", Body("first"), WriteCondition.IfAbsent, Token);
        var second = await driver.PutAsync("b/small", Body("second"), WriteCondition.IfMatch(first.Version!.Value), Token);
        var put = await driver.PutAsync("a b", ObjectBody.FromBytes(large), WriteCondition.IfAbsent, Token);
        await driver.PutAsync("b/ü", Body(string.Empty), WriteCondition.Any, Token);
        var copy = await driver.CopyAsync("b/small", "c", WriteCondition.IfAbsent, Token);

        Assert.Equal(
            WriteResult.Conflict,
            (await other.PutAsync("b/small", Body("third"), WriteCondition.IfMatch(first.Version.Value), Token)).Result
        );
        Assert.Equal(WriteResult.Conflict, (await other.PutAsync("b/small", Body("third"), WriteCondition.IfAbsent, Token)).Result);
        foreach (var client in (IStoreDriver[])[driver, other])
        {
            Assert.Equal(
                ("second", second.Version),
                ((await client.ReadAsync("b/small", Token))!.Text, (await client.StatAsync("b/small", Token))!.Version)
            );
            Assert.Equal(second.Version, (await client.ReadAsync("b/small", Token))!.Version);
            var read = await client.ReadAsync("a b", Token);
            Assert.Equal((put.Version, large.Length), (read!.Version, (int)read.Info.Size));
            Assert.True(large.AsSpan().SequenceEqual(read.Bytes.Span));
            Assert.Equal("second", (await client.ReadAsync("c", Token))!.Text);
            Assert.Equal(string.Empty, (await client.ReadAsync("b/ü", Token))!.Text);
            Assert.Null(await client.OpenReadAsync("absent", Token));
        }

        Assert.Equal(copy!.Value.Version, (await other.StatAsync("c", Token))!.Version);
        Assert.Equal(
            ["a b", "b/", "c"],
            await other.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Equal(
            ["a b", "b/small", "b/ü", "c"],
            await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
        Assert.Empty(await driver.DeleteBatchAsync(["a b", "b/ü", "never"], Token));
        Assert.Equal(WriteResult.Done, (await other.DeleteAsync("b/small", WriteCondition.IfMatch(second.Version!.Value), Token)).Result);
        Assert.Equal(["c"], await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task What_a_server_is_like_is_found_out_once()
    {
        var (bucket, server) = await servers.CreateBucketAsync(new OssQuirks());
        var counter = new CountingHandler();
        await using var driver = OtherServers.OpenBare(bucket, server, options => options with { WrapNetwork = counter.Wrap });

        await driver.PutAsync("first", Body("1"), WriteCondition.Any, Token);
        Assert.Equal("PUT HEAD", counter.Take());
        await driver.PutAsync("second", Body("2"), WriteCondition.Any, Token);
        Assert.Equal("PUT", counter.Take());
        await driver.ListAsync(string.Empty, ListDepth.Children, Token).CountAsync(Token);
        Assert.Equal("GET GET", counter.Take());
        await driver.ListAsync(string.Empty, ListDepth.Children, Token).CountAsync(Token);
        await driver.StatAsync("first", Token);
        Assert.Equal("GET HEAD", counter.Take());
    }

    [Fact]
    public async Task The_signature_that_a_server_takes_is_found_out_once_and_a_wrong_secret_is_still_told()
    {
        var (bucket, server) = await servers.CreateBucketAsync(new OssQuirks { OldSignatureOnly = true });
        var counter = new CountingHandler();
        await using var driver = OtherServers.OpenBare(bucket, server, options => options with { WrapNetwork = counter.Wrap });

        await driver.PutAsync("first", Body("1"), WriteCondition.Any, Token);
        await driver.PutAsync("second", Body("2"), WriteCondition.Any, Token);
        Assert.Equal("PUT PUT HEAD PUT", counter.Take());

        await using var stranger = OtherServers.OpenBare(
            bucket,
            server,
            options => options with { AccessKey = new("LTAI-owner", "wrong"), MaxRetries = 0 }
        );
        var e = await Assert.ThrowsAsync<StoreException>(async () => await stranger.StatAsync("first", Token));
        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("check OSS_ACCESS_KEY_SECRET", e.Message, StringComparison.Ordinal);
    }

    private static ObjectBody Body(string text) => ObjectBody.FromBytes(Encoding.UTF8.GetBytes(text));
}
