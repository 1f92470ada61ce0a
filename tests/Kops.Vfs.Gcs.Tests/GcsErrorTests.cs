using Kops.Vfs.Gcs.Server.Objects;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class GcsErrorTests(TestServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations() => ["stat", "read", "write", "delete", "list"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_bucket_that_is_not_there_is_not_an_absent_object(string operation)
    {
        var e = await FailAsync(operation, options => options, "kops-no-such-bucket");

        Assert.Equal((StoreErrorKind.StoreNotFound, false), (e.Kind, e.IsTransient));
        Assert.Contains("the bucket 'kops-no-such-bucket' does not exist on Google Cloud; create it, or correct the name [notFound, HTTP 404, request request-", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stat", "storage.objects.get")]
    [InlineData("read", "storage.objects.get")]
    [InlineData("write", "storage.objects.create")]
    [InlineData("delete", "storage.objects.delete")]
    [InlineData("list", "storage.objects.list")]
    public async Task Where_access_is_denied_account_and_permission_are_named(string operation, string permission)
    {
        var file = server.Write(server.Server.Accounts.Other.KeyFile(server.Server.Address));
        var e = await FailAsync(operation, options => options with { CredentialsFile = file });

        Assert.Equal((StoreErrorKind.PermissionDenied, false), (e.Kind, e.IsTransient));
        Assert.Contains($"other@kops-test.iam.gserviceaccount.com does not have {permission} access", e.Message, StringComparison.Ordinal);
        Assert.Contains($"the credentials need the permission {permission} on the bucket", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_requester_pays_the_project_is_asked_for_and_sent()
    {
        var bucket = server.CreateBucket(new BucketOptions { RequesterPays = true });

        var e = await FailAsync("write", options => options, bucket);
        Assert.Equal((StoreErrorKind.InvalidArgument, false), (e.Kind, e.IsTransient));
        Assert.Contains("KOPS_GS_USER_PROJECT", e.Message, StringComparison.Ordinal);

        await using var driver = server.Open(bucket, options => options with { UserProject = "payer", ChunkSize = 256 * 1024 });
        await driver.PutAsync("key", ObjectBody.FromBytes(new byte[600_000]), WriteCondition.IfAbsent, Token);
        Assert.NotNull(await driver.CopyAsync("key", "copy", WriteCondition.Any, Token));
        Assert.Equal(2, await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token));
        Assert.Equal(WriteResult.Done, (await driver.DeleteAsync("key", WriteCondition.Any, Token)).Result);
    }

    [Fact]
    public async Task A_predefined_ACL_is_sent_and_where_access_is_uniform_the_cure_is_named()
    {
        await using (var driver = server.Open(server.CreateBucket(), options => options with { PredefinedAcl = "projectPrivate", ChunkSize = 256 * 1024 }))
        {
            Assert.Equal(WriteResult.Done, (await driver.PutAsync("small", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token)).Result);
            Assert.Equal(WriteResult.Done, (await driver.PutAsync("large", ObjectBody.FromBytes(new byte[600_000]), WriteCondition.Any, Token)).Result);
            Assert.Equal(WriteResult.Done, (await driver.CopyAsync("small", "copy", WriteCondition.Any, Token))!.Value.Result);
        }

        var e = await FailAsync("write", options => options with { PredefinedAcl = "projectPrivate" }, server.CreateBucket(new BucketOptions { UniformAccess = true }));

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains("unset KOPS_GS_ACL", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named()
    {
        var e = await FailAsync("read", options => options with { Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 1 });

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.Contains("no connection to http://127.0.0.1:1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_named()
    {
        var e = await FailAsync("read", options => options with { Endpoint = new Uri("http://no-such-host.invalid"), Anonymous = true, MaxRetries = 0 });

        Assert.Equal(StoreErrorKind.Unavailable, e.Kind);
        Assert.Contains("no-such-host.invalid", e.Message, StringComparison.Ordinal);
        Assert.Contains("STORAGE_EMULATOR_HOST", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_credentials_from_who_has_none_is_named()
    {
        var e = await FailAsync("read", options => options with { Anonymous = true });

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("unset STORAGE_EMULATOR_HOST", e.Message, StringComparison.Ordinal);
    }

    private async Task<StoreException> FailAsync(string operation, Func<GcsOptions, GcsOptions> change, string? bucket = null)
    {
        await using var driver = server.Open(bucket ?? server.CreateBucket(), change);
        return await Assert.ThrowsAsync<StoreException>(async () => await (operation switch
        {
            "stat" => driver.StatAsync("key", Token).AsTask(),
            "read" => driver.OpenReadAsync("key", Token).AsTask(),
            "write" => driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfAbsent, Token).AsTask(),
            "delete" => driver.DeleteAsync("key", WriteCondition.Any, Token).AsTask(),
            _ => (Task)driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token).AsTask(),
        }));
    }
}
