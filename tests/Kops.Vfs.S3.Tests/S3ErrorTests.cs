using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.S3.Configuration;
using Kops.Vfs.S3.Tests.Servers;
using Xunit;

namespace Kops.Vfs.S3.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class S3ErrorTests(S3Server server) : StoreErrors<S3ErrorTests>, IStoreTroubles
{
    public static bool Has(Trouble trouble, string operation) => true;

    [Fact]
    public async Task Keys_that_cannot_be_deleted_are_reported_one_by_one()
    {
        var other = server.OtherKey;
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
            Token
        );
        await using var driver = server.Open(bucket, options => options with { AccessKey = other });
        foreach (var key in (string[])["gone", "kept1", "kept2"])
            await driver.PutAsync(key, ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);

        var failures = await driver.DeleteBatchAsync(["gone", "kept1", "kept2"], Token);

        Assert.Equal([$"s3://{bucket}/kept1", $"s3://{bucket}/kept2"], failures.Select(failure => failure.Path));
        Assert.All(failures, failure => Assert.Contains("s3:DeleteObject", failure.Message, StringComparison.Ordinal));
        Assert.Equal(
            ["kept1", "kept2"],
            await driver.ListAsync(string.Empty, ListDepth.Tree, Token).Select(entry => entry.Key).ToListAsync(Token)
        );
    }

    protected override ExpectedError Expect(Trouble trouble, string operation) =>
        trouble switch
        {
            Trouble.UnknownUser => new(StoreErrorKind.Unauthenticated, "S3_ACCESS_KEY_ID", "InvalidAccessKeyId, HTTP 403, request "),
            Trouble.WrongSecret => new(StoreErrorKind.Unauthenticated, "S3_SECRET_ACCESS_KEY"),
            Trouble.NoSuchStore => new(
                StoreErrorKind.StoreNotFound,
                "the bucket 'kops-no-such-bucket' does not exist at 127.0.0.1; create it, or correct the name"
            ),
            Trouble.Denied => new(
                StoreErrorKind.PermissionDenied,
                "the credentials need the permission "
                    + operation switch
                    {
                        "write" => "s3:PutObject",
                        "list" => "s3:ListBucket",
                        _ => "s3:GetObject",
                    }
            ),
            Trouble.Unreachable => new(StoreErrorKind.Unavailable, "no connection to http://127.0.0.1:1"),
            _ => new(StoreErrorKind.Unavailable, "no-such-host.invalid"),
        };

    protected override async ValueTask<IStoreDriver> OpenAsync(Trouble trouble) =>
        server.Open(
            trouble is Trouble.NoSuchStore ? "kops-no-such-bucket" : await server.CreateBucketAsync(Token),
            options =>
                trouble switch
                {
                    Trouble.UnknownUser => options with { AccessKey = new S3AccessKey("nobody", WrongSecret) },
                    Trouble.WrongSecret => options with { AccessKey = options.AccessKey! with { Secret = WrongSecret } },
                    Trouble.Denied => options with { AccessKey = server.OtherKey },
                    Trouble.Unreachable => options with { Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 1 },
                    Trouble.UnknownHost => options with { Endpoint = new Uri("http://no-such-host.invalid"), MaxRetries = 0 },
                    _ => options,
                }
        );
}
