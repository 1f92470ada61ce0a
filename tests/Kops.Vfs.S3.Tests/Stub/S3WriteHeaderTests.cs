using Kops.Vfs.S3.Configuration;
using Xunit;

namespace Kops.Vfs.S3.Tests.Stub;

/// <summary>Encryption and ACL of what is written, and how failures of all kinds read.</summary>
public sealed class S3WriteHeaderTests
{
    private const string Configured =
        "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
        + "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_the_bucket_encrypts_by_itself_no_header_is_sent_and_it_is_asked_once()
    {
        var service = Service(200, Configured);
        await using var driver = Open(service);

        await PutAsync(driver);
        await PutAsync(driver);

        Assert.Equal(["GET", "PUT", "PUT"], service.Requests.Select(request => request.Method.Method));
        Assert.DoesNotContain(service.Requests, request => request.Headers.Contains("x-amz-server-side-encryption"));
    }

    [Theory]
    [InlineData(404, "ServerSideEncryptionConfigurationNotFoundError")]
    [InlineData(501, "NotImplemented")]
    public async Task Where_it_does_not_AES256_is_asked_for(int status, string code)
    {
        var service = Service(status, StubService.Error(code));
        await using var driver = Open(service);

        await PutAsync(driver);

        Assert.Equal("AES256", service.Requests.Last().Headers.GetValues("x-amz-server-side-encryption").Single());
    }

    [Fact]
    public async Task Where_that_cannot_be_found_out_nothing_is_written()
    {
        var service = Service(403, StubService.Error("AccessDenied"));
        await using var driver = Open(service);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync(driver));

        Assert.Contains("s3:GetEncryptionConfiguration", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, request => request.Method == HttpMethod.Put);
    }

    [Fact]
    public async Task A_key_of_KMS_and_an_ACL_are_sent_with_every_write()
    {
        var service = Service(500, string.Empty);
        await using var driver = Open(
            service,
            options => options with { Encryption = S3Encryption.Kms, KmsKeyId = "alias/state", CannedAcl = "bucket-owner-full-control" }
        );

        await PutAsync(driver);

        var headers = service.Requests.Single().Headers;
        Assert.Equal(
            ("aws:kms", "alias/state", "bucket-owner-full-control"),
            (
                headers.GetValues("x-amz-server-side-encryption").Single(),
                headers.GetValues("x-amz-server-side-encryption-aws-kms-key-id").Single(),
                headers.GetValues("x-amz-acl").Single()
            )
        );
    }

    [Fact]
    public async Task A_compatible_service_gets_no_checksum_headers_and_no_chunks()
    {
        var service = Service(500, string.Empty);
        await using var driver = Open(service, options => options with { Encryption = S3Encryption.None, Checksums = false });

        await PutAsync(driver);

        var headers = service.Requests.Single().Headers;
        Assert.DoesNotContain(
            headers,
            header =>
                header.Key.StartsWith("x-amz-checksum", StringComparison.OrdinalIgnoreCase)
                || header.Key.Contains("sdk-checksum", StringComparison.OrdinalIgnoreCase)
        );
        Assert.DoesNotContain("STREAMING", headers.GetValues("x-amz-content-sha256").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "ExpiredToken", StoreErrorKind.Unauthenticated, false, "aws sso login")]
    [InlineData(400, "InvalidToken", StoreErrorKind.Unauthenticated, false, "AWS_SESSION_TOKEN")]
    [InlineData(403, "RequestTimeTooSkewed", StoreErrorKind.Unauthenticated, false, "clock")]
    [InlineData(301, "PermanentRedirect", StoreErrorKind.InvalidArgument, false, "region")]
    [InlineData(503, "SlowDown", StoreErrorKind.Throttled, true, "slow down")]
    [InlineData(500, "InternalError", StoreErrorKind.Unavailable, true, "the service failed")]
    [InlineData(409, "ConditionalRequestConflict", StoreErrorKind.Unavailable, true, "try again")]
    [InlineData(400, "BadDigest", StoreErrorKind.Corrupt, false, "not what was sent")]
    [InlineData(403, "QuotaExceeded", StoreErrorKind.QuotaExceeded, false, "quota")]
    [InlineData(400, "InvalidBucketName", StoreErrorKind.InvalidArgument, false, "not a name that a bucket can have")]
    [InlineData(418, "Teapot", StoreErrorKind.Other, false, "said the stub")]
    public async Task A_failure_has_a_kind_and_a_cure(int status, string code, StoreErrorKind kind, bool transient, string expected)
    {
        var service = new StubService(_ => (status, StubService.Error(code), null));
        await using var driver = Open(service, options => options with { Encryption = S3Encryption.None });

        var e = await Assert.ThrowsAsync<StoreException>(async () => await PutAsync(driver));

        Assert.Equal((kind, transient), (e.Kind, e.IsTransient));
        Assert.StartsWith("cannot write s3://bucket/key: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.EndsWith($" [{code}, HTTP {status}, request R1]", e.Message, StringComparison.Ordinal);
    }

    private static StubService Service(int status, string encryption) =>
        new(request =>
            request.RequestUri!.Query.StartsWith("?encryption", StringComparison.Ordinal)
                ? (status, encryption, null)
                : (200, string.Empty, null)
        );

    private static ValueTask<WriteOutcome> PutAsync(S3StoreDriver driver) =>
        driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.Any, Token);

    private static S3StoreDriver Open(StubService service, Func<S3Options, S3Options>? change = null)
    {
        var options = S3Presets.Aws with
        {
            Region = "us-east-1",
            AccessKey = new S3AccessKey("id", "secret"),
            WrapNetwork = _ => service,
            MaxRetries = 0,
        };
        return new S3StoreDriver("bucket", "s3://bucket", change is null ? options : change(options), TimeProvider.System);
    }
}
