using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.AzureBlob.Tests.Servers;
using Kops.Vfs.Conformance.Errors;
using Kops.Vfs.Drivers;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class AzureErrorTests(AzureServer server) : StoreErrors<AzureErrorTests>, IStoreTroubles
{
    private const string Missing = "kops-no-such-container";

    /// <summary>With a key there is no user, and what a key may do is not limited.</summary>
    public static bool Has(Trouble trouble, string operation) => trouble is Trouble.NoSuchStore or Trouble.WrongSecret;

    [Fact]
    public async Task A_container_is_not_made_by_a_write()
    {
        await using var driver = server.Open(Missing);

        await FailAsync(driver, "write");

        Assert.False((await server.Admin.GetBlobContainerClient(Missing).ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task A_signature_that_has_expired_is_named_and_never_shown()
    {
        var container = await server.CreateContainerAsync(Token);
        var sas = server
            .Admin.GetBlobContainerClient(container)
            .GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(-1))
            .Query;

        var e = await FailAsync("read", options => options with { Key = null, Sas = new AzureSas(sas) }, container);

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("AZURE_STORAGE_SAS_TOKEN", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..], e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_allows_too_little_is_told_what_it_lacks()
    {
        var container = await server.CreateContainerAsync(Token);
        var sas = server
            .Admin.GetBlobContainerClient(container)
            .GenerateSasUri(BlobContainerSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1))
            .Query;

        var e = await FailAsync("write", options => options with { Key = null, Sas = new AzureSas(sas) }, container);

        Assert.Equal((StoreErrorKind.PermissionDenied, false), (e.Kind, e.IsTransient));
        Assert.Contains("the permissions r, w and d on the container", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_of_somebody_else_is_respected()
    {
        var container = await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container);
        await driver.PutAsync("key", Body, WriteCondition.Any, Token);
        await server
            .Admin.GetBlobContainerClient(container)
            .GetBlobClient("key")
            .GetBlobLeaseClient()
            .AcquireAsync(TimeSpan.FromMinutes(1), cancellationToken: Token);

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.PutAsync("key", Body, WriteCondition.Any, Token));

        Assert.Equal(StoreErrorKind.PermissionDenied, e.Kind);
        Assert.Contains("holds a lease on the object", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch", StoreErrorKind.PermissionDenied, "its settings in the portal")]
    [InlineData(403, "AuthorizationFailure", StoreErrorKind.PermissionDenied, "its firewall does not allow this network")]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", StoreErrorKind.PermissionDenied, "unset AZURE_STORAGE_KEY and sign in")]
    [InlineData(409, "BlobImmutableDueToPolicy", StoreErrorKind.PermissionDenied, "a legal hold makes the object immutable")]
    [InlineData(409, "SnapshotsPresent", StoreErrorKind.PermissionDenied, "delete them first")]
    [InlineData(409, "BlobArchived", StoreErrorKind.Unsupported, "bring it back first")]
    [InlineData(400, "Md5Mismatch", StoreErrorKind.Corrupt, "not what was sent")]
    [InlineData(503, "ServerBusy", StoreErrorKind.Throttled, "slow down")]
    [InlineData(500, "InternalError", StoreErrorKind.Unavailable, "the service failed")]
    public async Task Each_answer_of_the_service_has_a_kind_and_a_cure(int status, string code, StoreErrorKind kind, string said)
    {
        var refusals = new RefusingHandler(string.Empty, status, code, times: int.MaxValue);

        var e = await FailAsync("read", options => options with { WrapNetwork = refusals.Wrap, MaxRetries = 0 });

        Assert.Equal(kind, e.Kind);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.EndsWith($"[{code}, HTTP {status}, request r-1]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_role_is_named()
    {
        var refusals = new RefusingHandler(string.Empty, 403, "AuthorizationPermissionMismatch", times: int.MaxValue);
        var e = await FailAsync("write", options => SignedIn(options, "token") with { WrapNetwork = refusals.Wrap });

        Assert.Equal(StoreErrorKind.PermissionDenied, e.Kind);
        Assert.Contains("assign 'Storage Blob Data Contributor'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_clock_is_named()
    {
        var refusals = new RefusingHandler(string.Empty, 403, "AuthenticationFailed", times: int.MaxValue)
        {
            Date = DateTimeOffset.UtcNow.AddMinutes(-40),
        };

        var e = await FailAsync("read", options => options with { WrapNetwork = refusals.Wrap });

        Assert.Contains("this machine's clock is wrong by 40 minutes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sign_in_the_ways_to_one_are_named()
    {
        var e = await FailAsync("read", options => SignedIn(options, null));

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("az login", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_not_sent_over_plain_http()
    {
        var e = await FailAsync("read", options => options with { Key = null, Endpoint = new Uri("http://127.0.0.1:1") });

        Assert.Equal(StoreErrorKind.InvalidArgument, e.Kind);
        Assert.Contains("must not go over plain http", e.Message, StringComparison.Ordinal);
    }

    protected override ExpectedError Expect(Trouble trouble, string operation) =>
        trouble switch
        {
            Trouble.NoSuchStore => new(
                StoreErrorKind.StoreNotFound,
                $"az storage container create --account-name {server.Account} --name {Missing}"
            ),
            Trouble.WrongSecret => new(StoreErrorKind.Unauthenticated, "check AZURE_STORAGE_KEY", ", HTTP 403, request "),
            Trouble.Unreachable => new(StoreErrorKind.Unavailable, "no connection to http://127.0.0.1:1"),
            Trouble.UnknownHost => new(StoreErrorKind.Unavailable, $"the account '{server.Account}' does not exist there"),
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };

    protected override async ValueTask<IStoreDriver> OpenAsync(Trouble trouble) =>
        server.Open(
            trouble is Trouble.NoSuchStore ? Missing : await server.CreateContainerAsync(Token),
            options =>
                trouble switch
                {
                    Trouble.WrongSecret => options with { Key = new AzureSharedKey(WrongSecret) },
                    Trouble.Unreachable => options with
                    {
                        Endpoint = new Uri("http://127.0.0.1:1"),
                        MaxRetries = 1,
                        RetryDelay = TimeSpan.FromMilliseconds(1),
                    },
                    Trouble.UnknownHost => options with { Endpoint = new Uri("https://no-such-host.invalid"), MaxRetries = 0 },
                    _ => options,
                }
        );

    private static ObjectBody Body => ObjectBody.FromBytes("x"u8.ToArray());

    private static AzureBlobOptions SignedIn(AzureBlobOptions options, string? token) =>
        options with
        {
            Key = null,
            Endpoint = new Uri("https://blob.invalid"),
            Credential = DelegatedTokenCredential.Create(
                (_, _) =>
                    token is null
                        ? throw new CredentialUnavailableException("nothing")
                        : new AccessToken(token, DateTimeOffset.UtcNow.AddHours(1))
            ),
        };

    private async Task<StoreException> FailAsync(
        string operation,
        Func<AzureBlobOptions, AzureBlobOptions> change,
        string? container = null
    )
    {
        await using var driver = server.Open(container ?? await server.CreateContainerAsync(Token), change);
        return await FailAsync(driver, operation);
    }
}
