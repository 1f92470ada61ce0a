using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class S3ErrorTests(S3Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations() => ["stat", "read", "write", "delete", "list"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_unknown_access_key_is_named(string operation)
    {
        var e = await FailAsync(operation, options => options with { AccessKey = new S3AccessKey("nobody", "not-so-secret") });

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("S3_ACCESS_KEY_ID", e.Message, StringComparison.Ordinal);
        Assert.Contains("InvalidAccessKeyId, HTTP 403, request ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-so-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_wrong_secret_is_named(string operation)
    {
        var e = await FailAsync(operation, options => options with { AccessKey = options.AccessKey! with { Secret = "not-so-secret" } });

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("S3_SECRET_ACCESS_KEY", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-so-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_bucket_that_is_not_there_is_not_an_absent_object(string operation)
    {
        var e = await FailAsync(operation, options => options, "kops-no-such-bucket");

        Assert.Equal((StoreErrorKind.StoreNotFound, false), (e.Kind, e.IsTransient));
        Assert.Contains("the bucket 'kops-no-such-bucket' does not exist at 127.0.0.1; create it, or correct the name", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stat", "s3:GetObject")]
    [InlineData("read", "s3:GetObject")]
    [InlineData("write", "s3:PutObject")]
    [InlineData("delete", "s3:GetObject")]
    [InlineData("list", "s3:ListBucket")]
    public async Task Where_access_is_denied_the_permission_is_named(string operation, string permission)
    {
        _ = server.Options;
        Assert.SkipWhen(server.OtherKey is null, "this server has no second user");
        var e = await FailAsync(operation, options => options with { AccessKey = server.OtherKey });

        Assert.Equal((StoreErrorKind.PermissionDenied, false), (e.Kind, e.IsTransient));
        Assert.Contains($"the credentials need the permission {permission}", e.Message, StringComparison.Ordinal);
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
        var e = await FailAsync("read", options => options with { Endpoint = new Uri("http://no-such-host.invalid"), MaxRetries = 0 });

        Assert.Equal(StoreErrorKind.Unavailable, e.Kind);
        Assert.Contains("no-such-host.invalid", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_cannot_be_deleted_are_reported_one_by_one()
    {
        _ = server.Options;
        Assert.SkipWhen(server.OtherKey is null, "this server has no second user");
        var bucket = await server.CreateBucketAsync(Token);
        await server.Admin.PutBucketPolicyAsync(
            new Amazon.S3.Model.PutBucketPolicyRequest
            {
                BucketName = bucket,
                Policy = $$"""
                    {"Version":"2012-10-17","Statement":[
                     {"Effect":"Allow","Principal":"*","Action":["s3:*"],"Resource":["arn:aws:s3:::{{bucket}}","arn:aws:s3:::{{bucket}}/*"]},
                     {"Effect":"Deny","Principal":"*","Action":["s3:DeleteObject"],"Resource":["arn:aws:s3:::{{bucket}}/kept*"]}]}
                    """,
            },
            Token);
        await using var driver = server.Open(bucket, options => options with { AccessKey = server.OtherKey });
        foreach (var key in (string[])["gone", "kept1", "kept2"]) await driver.PutAsync(key, ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);

        var failures = await driver.DeleteBatchAsync(["gone", "kept1", "kept2"], Token);

        Assert.Equal([$"s3://{bucket}/kept1", $"s3://{bucket}/kept2"], failures.Select(failure => failure.Path));
        Assert.All(failures, failure => Assert.Contains("s3:DeleteObject", failure.Message, StringComparison.Ordinal));
        Assert.Equal(["kept1", "kept2"], await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token));
    }

    private async Task<StoreException> FailAsync(string operation, Func<S3Options, S3Options> change, string? bucket = null)
    {
        bucket ??= await server.CreateBucketAsync(Token);
        await using var driver = server.Open(bucket, change);
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
