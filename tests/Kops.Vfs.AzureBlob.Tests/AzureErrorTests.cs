using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Kops.Vfs.AzureBlob.Tests.Servers;
using Xunit;

namespace Kops.Vfs.AzureBlob.Tests;

/// <summary>What users are told when something is wrong.</summary>
public sealed class AzureErrorTests(AzureServer server)
{
    private const string Secret = "bm90LXNvLXNlY3JldA==";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Operations() => ["stat", "read", "write", "delete", "list"];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_wrong_key_is_named_and_never_shown(string operation)
    {
        var e = await FailAsync(operation, options => options with { Key = new AzureSharedKey(Secret) });

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("check AZURE_STORAGE_KEY", e.Message, StringComparison.Ordinal);
        Assert.Contains(", HTTP 403, request ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_container_that_is_not_there_is_not_an_absent_object_and_is_not_made(string operation)
    {
        var e = await FailAsync(operation, options => options, "kops-no-such-container");

        Assert.Equal((StoreErrorKind.StoreNotFound, false), (e.Kind, e.IsTransient));
        Assert.Contains($"az storage container create --account-name {server.Account} --name kops-no-such-container", e.Message, StringComparison.Ordinal);
        Assert.False((await server.Admin.GetBlobContainerClient("kops-no-such-container").ExistsAsync(Token)).Value);
    }

    [Fact]
    public async Task A_signature_that_has_expired_is_named_and_never_shown()
    {
        var container = await server.CreateContainerAsync(Token);
        var sas = server.Admin.GetBlobContainerClient(container).GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(-1)).Query;

        var e = await FailAsync("read", options => options with { Key = null, Sas = new AzureSas(sas) }, container);

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("AZURE_STORAGE_SAS_TOKEN", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..], e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_allows_too_little_is_told_what_it_lacks()
    {
        var container = await server.CreateContainerAsync(Token);
        var sas = server.Admin.GetBlobContainerClient(container).GenerateSasUri(BlobContainerSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1)).Query;

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
        await server.Admin.GetBlobContainerClient(container).GetBlobClient("key").GetBlobLeaseClient().AcquireAsync(TimeSpan.FromMinutes(1), cancellationToken: Token);

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
        var refusals = new RefusingHandler(string.Empty, 403, "AuthenticationFailed", times: int.MaxValue) { Date = DateTimeOffset.UtcNow.AddMinutes(-40) };

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

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named()
    {
        var e = await FailAsync("read", options => options with { Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) });

        Assert.Equal((StoreErrorKind.Unavailable, true), (e.Kind, e.IsTransient));
        Assert.Contains("no connection to http://127.0.0.1:1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_named()
    {
        var e = await FailAsync("read", options => options with { Endpoint = new Uri("https://no-such-host.invalid"), MaxRetries = 0 });

        Assert.Equal(StoreErrorKind.Unavailable, e.Kind);
        Assert.Contains($"the account '{server.Account}' does not exist there", e.Message, StringComparison.Ordinal);
    }

    private static ObjectBody Body => ObjectBody.FromBytes("x"u8.ToArray());

    private static AzureBlobOptions SignedIn(AzureBlobOptions options, string? token) => options with
    {
        Key = null,
        Endpoint = new Uri("https://blob.invalid"),
        Credential = DelegatedTokenCredential.Create((_, _) =>
            token is null ? throw new CredentialUnavailableException("nothing") : new AccessToken(token, DateTimeOffset.UtcNow.AddHours(1))),
    };

    private async Task<StoreException> FailAsync(string operation, Func<AzureBlobOptions, AzureBlobOptions> change, string? container = null)
    {
        container ??= await server.CreateContainerAsync(Token);
        await using var driver = server.Open(container, change);
        return await Assert.ThrowsAsync<StoreException>(async () => await (operation switch
        {
            "stat" => driver.StatAsync("key", Token).AsTask(),
            "read" => driver.OpenReadAsync("key", Token).AsTask(),
            "write" => driver.PutAsync("key", Body, WriteCondition.IfAbsent, Token).AsTask(),
            "delete" => driver.DeleteAsync("key", WriteCondition.Any, Token).AsTask(),
            _ => (Task)driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token).AsTask(),
        }));
    }
}
