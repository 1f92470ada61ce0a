using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Oss.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class OssErrorTests(TestServer server) : StoreErrors<OssErrorTests>, IStoreTroubles
{
    /// <summary>Readers may read here, and the delete of nothing is none.</summary>
    public static bool Has(Trouble trouble, string operation) => trouble is not Trouble.Denied || operation is "write";

    [Fact]
    public async Task A_clock_that_is_wrong_is_named()
    {
        var clock = new WrongClock();
        await using var driver = new OssStoreDriver(server.CreateBucket(), "oss://bucket", server.Options, clock);

        var e = await FailAsync(driver, "list");

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("set the clock [RequestTimeTooSkewed, HTTP 403, request ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", "unset it if the key is none of STS")]
    [InlineData(null, null)]
    public async Task A_token_that_does_not_belong_to_the_key_is_named(string? token, string? said)
    {
        await using var driver = server.OpenBare(
            server.CreateBucket(),
            options => options with { AccessKey = options.AccessKey! with { SecurityToken = token } }
        );
        if (said is null)
        {
            Assert.Null(await driver.StatAsync("key", Token));
            return;
        }

        Assert.Contains(said, (await FailAsync(driver, "list")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_and_without_an_instance_the_variables_are_named()
    {
        await using var driver = server.OpenBare(
            server.CreateBucket(),
            options => options with { AccessKey = null, MetadataAddress = new Uri("http://127.0.0.1:1/") }
        );

        var e = await FailAsync(driver, "read");

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("set OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET", e.Message, StringComparison.Ordinal);
    }

    protected override ExpectedError Expect(Trouble trouble, string operation) =>
        trouble switch
        {
            Trouble.NoSuchStore => new(
                StoreErrorKind.StoreNotFound,
                "the bucket 'kops-no-such-bucket' does not exist in cn-hangzhou; create it ('ossutil mb oss://kops-no-such-bucket')",
                "NoSuchBucket, HTTP 404, request "
            ),
            Trouble.UnknownUser => new(
                StoreErrorKind.Unauthenticated,
                "the AccessKey LTAI-nobody does not exist or is disabled; check OSS_ACCESS_KEY_ID [InvalidAccessKeyId, HTTP 403, request "
            ),
            Trouble.WrongSecret => new(
                StoreErrorKind.Unauthenticated,
                "the secret does not belong to the AccessKey LTAI-owner; check OSS_ACCESS_KEY_SECRET",
                "SignatureDoesNotMatch, HTTP 403, request "
            ),
            Trouble.Denied => new(
                StoreErrorKind.PermissionDenied,
                "access denied: the AccessKey LTAI-reader needs 'oss:PutObject' on acs:oss:*:*:kops-",
                "add it in a RAM or bucket policy",
                "AccessDenied, HTTP 403, request "
            ),
            Trouble.Unreachable => new(StoreErrorKind.Unavailable, "no connection to 127.0.0.1", "OSS_ENDPOINT"),
            Trouble.UnknownHost => new(StoreErrorKind.Unavailable, "the host of no-such-host.invalid cannot be found", "OSS_REGION"),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };

    protected override ValueTask<IStoreDriver> OpenAsync(Trouble trouble) =>
        ValueTask.FromResult<IStoreDriver>(
            server.OpenBare(
                trouble is Trouble.NoSuchStore ? "kops-no-such-bucket" : server.CreateBucket(),
                options =>
                    trouble switch
                    {
                        Trouble.UnknownUser => options with { AccessKey = new OssAccessKey("LTAI-nobody", "secret") },
                        Trouble.WrongSecret => options with { AccessKey = options.AccessKey! with { Secret = WrongSecret } },
                        Trouble.Denied => options with { AccessKey = new OssAccessKey(TestServer.Reader.Id, TestServer.Reader.Secret) },
                        Trouble.Unreachable => options with { Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 1 },
                        Trouble.UnknownHost => options with { Endpoint = new Uri("http://no-such-host.invalid"), MaxRetries = 0 },
                        _ => options,
                    }
            )
        );

    private sealed class WrongClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(-20);
    }
}
