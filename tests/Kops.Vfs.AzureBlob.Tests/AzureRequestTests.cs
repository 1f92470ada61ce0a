using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance;
using Kops.Vfs.Conformance.Requests;
using Kops.Vfs.Conformance.Servers;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>How many requests things cost, and what they leave behind.</summary>
public sealed class AzureRequestTests(AzureServer server) : StoreRequests
{
    protected override RequestCosts Costs { get; } = new() { PageSize = 5000 };

    [Fact]
    public async Task A_key_that_Azure_cannot_have_costs_no_request()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, 8 << 20);

        Assert.Null(await driver.StatAsync("back\\slash", Token));
        Assert.Null(await driver.OpenReadAsync("config.", Token));
        Assert.Equal(WriteResult.Absent, (await driver.DeleteAsync("dir./x", WriteCondition.Any, Token)).Result);
        Assert.Empty(counter.Take());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copy_is_made_by_the_server(bool withSas)
    {
        var counter = new CountingHandler();
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(
            container,
            options => (withSas ? WithSas(options, container) : options) with { WrapNetwork = counter.Wrap }
        );
        await driver.PutAsync("odd key+%", Body("content"), WriteCondition.IfAbsent, Token);
        counter.Take();

        var copied = await driver.CopyAsync("odd key+%", "copy/ü", WriteCondition.IfAbsent, Token);

        Assert.Equal("HEAD PUT", counter.Take());
        Assert.Equal("content", (await ReadAsync(driver, "copy/ü")).Text);
        Assert.Equal((await driver.StatAsync("copy/ü", Token))!.Version, copied!.Value.Version);
        Assert.Equal(WriteResult.Conflict, (await driver.CopyAsync("odd key+%", "copy/ü", WriteCondition.IfAbsent, Token))!.Value.Result);
        Assert.Null(await driver.CopyAsync("missing", "copy", WriteCondition.Any, Token));
    }

    [Fact]
    public async Task A_long_stream_goes_in_blocks_and_its_MD5_is_known()
    {
        var counter = new CountingHandler();
        await using var driver = await OpenAsync(counter, blockSize: 1 << 20);
        var bytes = new byte[(3 << 20) - 1];
        new Random(1).NextBytes(bytes);
        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(bytes)));

        var put = await driver.PutAsync("key", body, WriteCondition.IfAbsent, Token);

        Assert.Equal("HEAD PUT PUT PUT PUT", counter.Take());
        var read = await ReadAsync(driver, "key");
        Assert.True(bytes.AsSpan().SequenceEqual(read.Bytes.Span));
        Assert.Equal(put.Version, read.Version);
        Assert.Equal(System.Security.Cryptography.MD5.HashData(bytes), read.Info.Md5!.Value.ToArray());
        counter.Take();
        Assert.Equal(WriteResult.Conflict, (await driver.PutAsync("key", body, WriteCondition.IfAbsent, Token)).Result);
        Assert.Equal("HEAD", counter.Take());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_long_write_whose_blocks_the_server_has_forgotten_is_sent_again(bool conditional)
    {
        var refusals = new RefusingHandler("comp=blocklist", 400, "InvalidBlockList");
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container, options => options with { BlockSize = 1 << 20, WrapNetwork = refusals.Wrap });
        var opened = 0;
        var body = ObjectBody.FromStream(_ => ValueTask.FromResult<Stream>(new PatternStream(3 << 20, 0, () => opened++)));

        var outcome = await driver.PutAsync("key", body, conditional ? WriteCondition.IfAbsent : WriteCondition.Any, Token);

        Assert.Equal((WriteResult.Done, 2), (outcome.Result, opened));
        Assert.Equal(3 << 20, (await driver.StatAsync("key", Token))!.Size);
    }

    [Fact]
    public async Task A_conditional_long_write_that_another_overtakes_is_a_conflict()
    {
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container, options => options with { BlockSize = 1 << 20 });
        var slow = ObjectBody.FromStream(_ =>
            ValueTask.FromResult<Stream>(
                new PatternStream(
                    3 << 20,
                    2 << 20,
                    () =>
                        server
                            .Admin.GetBlobContainerClient(container)
                            .GetBlobClient("key")
                            .Upload(BinaryData.FromString("quick"), true, Token)
                )
            )
        );

        var outcome = await driver.PutAsync("key", slow, WriteCondition.IfAbsent, Token);

        Assert.Equal(WriteResult.Conflict, outcome.Result);
        Assert.Equal("quick", (await ReadAsync(driver, "key")).Text);
    }

    [Fact]
    public async Task An_account_without_versions_has_the_current_one()
    {
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container);
        await driver.PutAsync("key", Body("content"), WriteCondition.Any, Token);
        await driver.PutAsync("key2", Body("other"), WriteCondition.Any, Token);

        var version = Assert.Single(await driver.ListVersionsAsync("key", Token).ToListAsync(Token));

        Assert.True(version.IsCurrent);
        Assert.Equal("content", (await ObjectContent.ReadAsync((await driver.OpenVersionAsync("key", version.Id, Token))!, Token)).Text);
        Assert.Equal(1, await driver.DeleteAllVersionsAsync("key", Token));
        Assert.Equal(0, await driver.DeleteAllVersionsAsync("key", Token));
        Assert.NotNull(await driver.StatAsync("key2", Token));
    }

    [Fact]
    public async Task A_shared_access_signature_of_the_container_is_enough()
    {
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container, options => WithSas(options, container));

        var version = (await driver.PutAsync("a/b", Body("1"), WriteCondition.IfAbsent, Token)).Version!.Value;

        Assert.Equal(version, (await driver.StatAsync("a/b", Token))!.Version);
        Assert.Equal("1", (await ReadAsync(driver, "a/b")).Text);
        Assert.Equal(["a/"], await driver.ListAsync(string.Empty, ListDepth.Children, Token).Select(entry => entry.Key).ToListAsync(Token));
        Assert.Equal(WriteResult.Done, (await driver.DeleteAsync("a/b", WriteCondition.IfMatch(version), Token)).Result);
    }

    protected override async ValueTask<IStoreDriver> OpenAsync(CountingHandler counter) => await OpenAsync(counter, 8 << 20);

    private static async Task<ObjectContent> ReadAsync(AzureBlobStoreDriver driver, string key) =>
        await ObjectContent.ReadAsync((await driver.OpenReadAsync(key, Token))!, Token);

    private AzureBlobOptions WithSas(AzureBlobOptions options, string container)
    {
        var uri = server
            .Admin.GetBlobContainerClient(container)
            .GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1));
        return options with { Key = null, Sas = new AzureSas(uri.Query) };
    }

    private async Task<AzureBlobStoreDriver> OpenAsync(CountingHandler counter, int blockSize) =>
        server.Open(
            await server.CreateContainerAsync(Token),
            options => options with { WrapNetwork = counter.Wrap, BlockSize = blockSize }
        );
}
