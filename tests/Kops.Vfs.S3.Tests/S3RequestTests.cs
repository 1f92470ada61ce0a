using System.Collections.Concurrent;
using Amazon.S3.Model;
using Kops.Vfs.Conformance;
using Kops.Vfs.Conformance.Requests;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>How many requests things cost.</summary>
public sealed class S3RequestTests(S3Server server) : StoreRequests
{
    protected override RequestCosts Costs { get; } = new() { Delete = "HEAD DELETE" };

    [Fact]
    public async Task That_a_server_wants_ETags_without_quotes_is_found_out_once()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, unquoted: false);
        var version = (await driver.PutAsync("key", Body("1"), WriteCondition.Any, Token)).Version!.Value;
        counter.Take();

        var second = await driver.PutAsync("key", Body("2"), WriteCondition.IfMatch(version), Token);
        var learning = counter.Take();
        var stale = await driver.PutAsync("key", Body("3"), WriteCondition.IfMatch(version), Token);
        var third = await driver.PutAsync("key", Body("4"), WriteCondition.IfMatch(second.Version!.Value), Token);

        Assert.Equal((WriteResult.Done, WriteResult.Conflict, WriteResult.Done), (second.Result, stale.Result, third.Result));
        Assert.Equal("PUT PUT", counter.Take());
        Assert.Contains(learning, (string[])["PUT HEAD PUT", "PUT"]);
    }

    [Fact]
    public async Task Writes_under_way_while_that_is_found_out_are_no_conflicts()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var driver = await OpenAsync(new CountingHandler(), unquoted: false);
            var versions = new ConcurrentDictionary<string, ObjectVersion>();
            await EachAsync(async key => versions[key] = (await driver.PutAsync(key, Body("1"), WriteCondition.Any, Token)).Version!.Value);

            var results = new ConcurrentBag<WriteResult>();
            await EachAsync(async key =>
                results.Add((await driver.PutAsync(key, Body("2"), WriteCondition.IfMatch(versions[key]), Token)).Result)
            );

            Assert.All(results, result => Assert.Equal(WriteResult.Done, result));
        }

        static Task EachAsync(Func<string, Task> write) => Task.WhenAll(Enumerable.Range(0, 64).Select(number => write($"key/{number}")));
    }

    [Fact]
    public async Task A_thousand_objects_are_deleted_with_one_request()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, unquoted: true);
        var keys = Enumerable.Range(0, 1500).Select(i => $"{i % 3}/{i}").ToArray();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Token },
            async (key, token) => await driver.PutAsync(key, Body("x"), WriteCondition.Any, token)
        );
        counter.Take();

        Assert.Empty(await driver.DeleteBatchAsync([.. keys, "never/was"], Token));

        Assert.Equal("POST POST", counter.Take());
        Assert.Equal(0, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_copy_is_made_by_the_server()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, unquoted: true);
        await driver.PutAsync("odd key+%", Body("content"), WriteCondition.Any, Token);
        counter.Take();

        var copied = await driver.CopyAsync("odd key+%", "copy/ü", WriteCondition.Any, Token);

        Assert.Equal("HEAD PUT", counter.Take());
        Assert.Equal((await driver.StatAsync("copy/ü", Token))!.Version, copied!.Value.Version);
        Assert.Null(await driver.CopyAsync("missing", "copy", WriteCondition.Any, Token));
        Assert.Null(await driver.CopyAsync("odd key+%", "copy", WriteCondition.IfAbsent, Token));
    }

    [Fact]
    public async Task A_copy_from_another_bucket_of_the_service_is_one_request()
    {
        var counter = new CountingHandler();
        await using var from = server.Open(await server.CreateBucketAsync(Token));
        await using var to = await OpenAsync(counter, unquoted: true);
        await from.PutAsync("odd key+%", Body("content"), WriteCondition.Any, Token);
        var (source, target) = (new Store("s3://from", from).Root, new Store("s3://to", to).Root);
        var listed = await source.ListTreeAsync(Token).SingleAsync(Token);

        var copied = await listed.Path.CopyToAsync(listed.Object, target.Join("copy/ü"), WriteCondition.Any, Token);

        Assert.Equal("PUT", counter.Take());
        Assert.Equal("content", await target.Join("copy/ü").ReadTextAsync(Token));
        Assert.Equal((await to.StatAsync("copy/ü", Token))!.Version, copied!.Value.Version);
        Assert.Null(await to.CopyFromAsync(from.Place, new ObjectInfo("missing", 1, null, default), "copy", WriteCondition.Any, Token));

        // This server checks no conditions of a copy, so that one with a condition is streamed.
        counter.Take();
        Assert.Equal(
            WriteResult.Conflict,
            (await listed.Path.CopyToAsync(listed.Object, target.Join("copy/ü"), WriteCondition.IfAbsent, Token))!.Value.Result
        );
        Assert.Equal("PUT", counter.Take());
    }

    [Fact]
    public async Task A_bucket_that_the_server_may_not_copy_from_is_read_and_asked_once()
    {
        var counter = new CountingHandler();
        await using var to = await OpenAsync(counter, unquoted: true);
        var foreign = to.Place with { Container = "another-users-" + Guid.NewGuid().ToString("N") };
        await new Amazon.S3.AmazonS3Client(
            new Amazon.Runtime.BasicAWSCredentials(server.OtherKey!.Id, server.OtherKey.Secret),
            new Amazon.S3.AmazonS3Config
            {
                ServiceURL = server.Options.Endpoint!.AbsoluteUri,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        ).PutBucketAsync(foreign.Container, Token);

        for (var i = 0; i < 3; i++)
            Assert.Null(await to.CopyFromAsync(foreign, new ObjectInfo("key", 1, null, default), "copy", WriteCondition.Any, Token));

        Assert.Equal("PUT", counter.Take());
    }

    [Fact]
    public async Task Buckets_of_another_user_or_service_are_another_place()
    {
        await using var one = server.Open("one");
        await using var other = server.Open("one", options => options with { AccessKey = new S3AccessKey("another", "secret") });
        await using var elsewhere = server.Open("one", options => options with { Endpoint = new Uri("http://127.0.0.1:1") });
        await using var two = server.Open("two");

        Assert.Equal(one.Place.Service, two.Place.Service);
        Assert.NotEqual(one.Place.Service, other.Place.Service);
        Assert.NotEqual(one.Place.Service, elsewhere.Place.Service);
        Assert.DoesNotContain(server.Options.AccessKey!.Secret, one.Place.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_the_bucket_keeps_are_listed_read_and_removed()
    {
        var bucket = await server.CreateBucketAsync(Token);
        await server.Admin.PutBucketVersioningAsync(
            new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = Amazon.S3.VersionStatus.Enabled },
            },
            Token
        );
        await using var driver = server.Open(bucket);
        foreach (var text in (string[])["first", "second"])
            await driver.PutAsync("key", Body(text), WriteCondition.Any, Token);
        await driver.PutAsync("key2", Body("other"), WriteCondition.Any, Token);
        await driver.DeleteAsync("key", WriteCondition.Any, Token);

        var versions = await driver.ListVersionsAsync("key", Token).ToListAsync(Token);

        Assert.Equal([true, false, false], versions.Select(version => version.IsCurrent));
        Assert.Equal([null, 6, 5], versions.Select(version => version.Object?.Size));
        Assert.Null(await driver.OpenVersionAsync("key", versions[0].Id, Token));
        var old = await driver.OpenVersionAsync("key", versions[2].Id, Token);
        Assert.Equal("first", (await ObjectContent.ReadAsync(old!, Token)).Text);
        Assert.Equal(3, await driver.DeleteAllVersionsAsync("key", Token));
        Assert.Empty(await driver.ListVersionsAsync("key", Token).ToListAsync(Token));
        Assert.NotNull(await driver.StatAsync("key2", Token));
    }

    [Fact]
    public async Task A_long_stream_goes_in_parts_and_its_ETag_is_not_taken_for_an_MD5()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, unquoted: true, partSize: 5 << 20);
        var bytes = new byte[12 << 20];
        new Random(1).NextBytes(bytes);

        var put = await driver.PutAsync(
            "key",
            ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(bytes))),
            WriteCondition.IfAbsent,
            Token
        );

        Assert.Equal("HEAD POST PUT PUT PUT HEAD POST", counter.Take());
        var read = await ObjectContent.ReadAsync((await driver.OpenReadAsync("key", Token))!, Token);
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        Assert.Equal(put.Version, read.Version);
        Assert.Null(read.Info.Md5);
        counter.Take();
        Assert.Equal(
            WriteResult.Conflict,
            (await driver.PutAsync("key", ObjectBody.FromBytes(bytes), WriteCondition.IfAbsent, Token)).Result
        );
        Assert.Equal("HEAD", counter.Take());
    }

    [Fact]
    public async Task An_upload_whose_source_breaks_is_aborted()
    {
        var bucket = await server.CreateBucketAsync(Token);
        await using var driver = server.Open(bucket, options => options with { PartSize = 5 << 20 });
        var body = ObjectBody.FromStream(_ =>
            ValueTask.FromResult<Stream>(
                new Kops.Vfs.Conformance.PatternStream(20 << 20, 11 << 20, () => throw new InvalidDataException("the source broke"))
            )
        );

        await Assert.ThrowsAsync<InvalidDataException>(async () => await driver.PutAsync("key", body, WriteCondition.Any, Token));

        Assert.Null(await driver.StatAsync("key", Token));
        Assert.Empty(
            (await server.Admin.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket }, Token)).MultipartUploads
                ?? []
        );
    }

    protected override async ValueTask<IStoreDriver> OpenAsync(CountingHandler counter) => await OpenAsync(counter, unquoted: true);

    private async Task<S3StoreDriver> OpenAsync(CountingHandler counter, bool unquoted, int partSize = 8 << 20) =>
        server.Open(
            await server.CreateBucketAsync(Token),
            options => options with { WrapNetwork = counter.Wrap, UnquotedIfMatch = unquoted, PartSize = partSize }
        );
}
