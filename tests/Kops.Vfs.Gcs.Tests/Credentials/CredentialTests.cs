using System.Text.Json;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Credentials;
using Kops.Vfs.Gcs.Server;
using Kops.Vfs.Gcs.Server.Api;
using Kops.Vfs.Gcs.Server.Identity;
using Kops.Vfs.Gcs.Tests.Servers;
using Xunit;

namespace Kops.Vfs.Gcs.Tests.Credentials;

/// <summary>Application default credentials in all their forms, against servers that check them.</summary>
public sealed class CredentialTests(TestServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Address => server.Server.Address;

    [Fact]
    public async Task A_service_accounts_key_is_exchanged_for_a_token() => await WorksAsync(server.Server.Accounts.Owner.KeyFile(Address));

    [Fact]
    public async Task What_gcloud_left_is_used_where_no_file_is_named()
    {
        var file = server.Write(server.Server.Accounts.Owner.KeyFile(Address));
        await WorksAsync(options => options with { CredentialsFile = null, WellKnownFile = file });
    }

    [Fact]
    public async Task A_program_gives_tokens_of_its_own_which_are_asked_for_once_a_minute()
    {
        var (asked, clock) = (0, new LaterClock());
        var issued = await IssueAsync();
        await using var driver = new GcsStoreDriver(
            server.CreateBucket(),
            "gs://x",
            server.Options with
            {
                CredentialsFile = "/no/such/file",
                AccessToken = _ =>
                {
                    asked++;
                    return Task.FromResult(issued);
                },
            },
            clock
        );

        await driver.StatAsync("key", Token);
        await driver.StatAsync("key", Token);
        Assert.Equal(1, asked);
        clock.Ahead += TimeSpan.FromSeconds(61);
        await driver.StatAsync("key", Token);

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Credentials_of_the_program_that_fail_are_told_as_such()
    {
        var e = await FailsAsync(options => options with { AccessToken = _ => throw new InvalidOperationException("the vault is sealed") });

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("the program's own credentials gave no access token: the vault is sealed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_in_user_is_known_by_a_refresh_token() => await WorksAsync(User());

    [Fact]
    public async Task A_foreign_identity_in_a_file_is_exchanged()
    {
        var token = server.Write(server.Server.Accounts.Foreign.Token + "\n");
        await WorksAsync(Foreign(new { file = token }));
    }

    [Fact]
    public async Task A_foreign_identity_in_a_file_of_JSON_is_exchanged()
    {
        var token = server.Write(JsonSerializer.Serialize(new { id_token = server.Server.Accounts.Foreign.Token }));
        await WorksAsync(Foreign(new { file = token, format = new { type = "json", subject_token_field_name = "id_token" } }));
    }

    [Fact]
    public async Task A_foreign_identity_from_an_address_is_exchanged_and_may_act_as_a_service_account() =>
        await WorksAsync(
            Foreign(
                new
                {
                    url = new Uri(Address, "/subject"),
                    headers = new Dictionary<string, string> { ["X-Subject"] = "yes" },
                    format = new { type = "json", subject_token_field_name = "value" },
                },
                ActAs(server.Server.Accounts.Owner.Email)
            )
        );

    [Fact]
    public async Task A_user_may_act_as_a_service_account() => await WorksAsync(Impersonated(server.Server.Accounts.Owner.Email));

    [Fact]
    public async Task Who_acts_as_somebody_without_rights_has_none()
    {
        var e = await FailsAsync(Impersonated(server.Server.Accounts.Other.Email));

        Assert.Equal(StoreErrorKind.PermissionDenied, e.Kind);
        Assert.Contains("other@", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_on_Google_Cloud_asks_its_metadata_server() =>
        await WorksAsync(options => options with { CredentialsFile = null, WellKnownFile = null, MetadataHost = Address.Authority });

    [Fact]
    public async Task Without_any_credentials_the_ways_to_some_are_named()
    {
        var e = await FailsAsync(options =>
            options with
            {
                CredentialsFile = null,
                WellKnownFile = "/nonexistent",
                MetadataHost = "127.0.0.1:1",
            }
        );

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains("gcloud auth application-default login", e.Message, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"service_account"}""", "it has no client_email")]
    [InlineData("""{"type":"authorized_user","client_id":"x"}""", "it has no client_secret")]
    [InlineData(
        """{"type":"external_account","audience":"a","subject_token_type":"t","credential_source":{"executable":{}}}""",
        "names neither a file nor a url"
    )]
    [InlineData(
        """{"type":"external_account","audience":"a","subject_token_type":"t","credential_source":{"environment_id":"aws1"}}""",
        "credential_source is 'aws1', which is not supported"
    )]
    [InlineData(
        """
            {
              "type": "impersonated_service_account",
              "source_credentials": { "type": "authorized_user", "client_id": "x", "client_secret": "y", "refresh_token": "z" }
            }
            """,
        "service_account_impersonation_url"
    )]
    [InlineData("""{"type":"magic"}""", "credentials of type 'magic' are not known here")]
    [InlineData("""{}""", "it does not say its type")]
    [InlineData("not-so-secret", "is not JSON (line 1)")]
    [InlineData("""{"type":"service_account","client_email":"a@b","private_key":"not-so-secret"}""", "private_key is not an RSA key")]
    public async Task A_file_that_cannot_be_used_is_explained(string text, string message)
    {
        var e = await FailsAsync(text);

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-so-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_and_no_other_source_is_tried()
    {
        var e = await FailsAsync(options => options with { CredentialsFile = "/no/such/key.json", MetadataHost = Address.Authority });

        Assert.Contains("/no/such/key.json", e.Message, StringComparison.Ordinal);
        Assert.Contains("check GOOGLE_APPLICATION_CREDENTIALS", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_replaced_is_named()
    {
        var (mine, other) = (server.Server.Accounts.Owner.KeyFile(Address), server.Server.Accounts.Other.KeyFile(Address));
        var mixed = mine.Replace(
            JsonDocument.Parse(mine).RootElement.GetProperty("private_key").GetRawText(),
            JsonDocument.Parse(other).RootElement.GetProperty("private_key").GetRawText(),
            StringComparison.Ordinal
        );

        var e = await FailsAsync(mixed);

        Assert.Equal((StoreErrorKind.Unauthenticated, false), (e.Kind, e.IsTransient));
        Assert.Contains(
            "service account owner@kops-test.iam.gserviceaccount.com: the key was refused (Invalid JWT Signature.)",
            e.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_named()
    {
        var file = server.Write(server.Server.Accounts.Owner.KeyFile(Address));
        await using var driver = new GcsStoreDriver(
            server.CreateBucket(),
            "gs://x",
            server.Options with
            {
                CredentialsFile = file,
            },
            new WrongClock()
        );

        var e = await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("this machine's clock may be wrong", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_has_expired_is_named()
    {
        var e = await FailsAsync(User().Replace(server.Server.Accounts.User.RefreshToken, "expired", StringComparison.Ordinal));

        Assert.Equal(StoreErrorKind.Unauthenticated, e.Kind);
        Assert.Contains("run 'gcloud auth application-default login'", e.Message, StringComparison.Ordinal);
        Assert.Contains("[invalid_grant, HTTP 400 from 127.0.0.1]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_fetched_once_however_many_ask()
    {
        await using var own = await GcsServer.StartAsync(new GcsServerOptions());
        await using var driver = Open(own);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => driver.StatAsync($"key{i}", Token).AsTask()));

        Assert.Equal(1, own.Accounts.Issued);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_and_the_request_sent_again()
    {
        await using var own = await GcsServer.StartAsync(new GcsServerOptions());
        await using var driver = Open(own);
        var put = await driver.PutAsync("key", ObjectBody.FromBytes("1"u8.ToArray()), WriteCondition.IfAbsent, Token);

        own.Accounts.RevokeTokens();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => driver.StatAsync($"key{i}", Token).AsTask()));

        Assert.Equal(2, own.Accounts.Issued);
        own.Accounts.RevokeTokens();
        Assert.Equal(
            WriteResult.Done,
            (await driver.PutAsync("key", ObjectBody.FromBytes("2"u8.ToArray()), WriteCondition.IfMatch(put.Version!.Value), Token)).Result
        );
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        // Tokens of three minutes are within the margin: each request needs a new one.
        await using var own = await GcsServer.StartAsync(new GcsServerOptions { TokenLifetime = TimeSpan.FromMinutes(3) });
        await using var driver = Open(own);

        for (var i = 0; i < 3; i++)
            await driver.ListAsync(string.Empty, ListDepth.Tree, Token).CountAsync(Token);

        Assert.Equal(3, own.Accounts.Issued);
    }

    private async Task<string> IssueAsync()
    {
        var user = server.Server.Accounts.User;
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["client_id"] = user.ClientId,
                ["client_secret"] = user.ClientSecret,
                ["refresh_token"] = user.RefreshToken,
            }
        );
        using var answer = await http.PostAsync(new Uri(Address, "/token"), form, Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    private static GcsStoreDriver Open(GcsServer own)
    {
        var file = Path.Combine(own.Directory, "key.json");
        File.WriteAllText(file, own.Accounts.Owner.KeyFile(own.Address));
        own.CreateBucket("bucket");
        return new GcsStoreDriver(
            "bucket",
            "gs://bucket",
            new GcsOptions { Endpoint = own.Address, CredentialsFile = file },
            TimeProvider.System
        );
    }

    private string User() =>
        JsonSerializer.Serialize(
            new
            {
                type = "authorized_user",
                client_id = server.Server.Accounts.User.ClientId,
                client_secret = server.Server.Accounts.User.ClientSecret,
                refresh_token = server.Server.Accounts.User.RefreshToken,
                token_uri = new Uri(Address, "/token"),
            }
        );

    private string Foreign(object source, Uri? actAs = null) =>
        JsonSerializer.Serialize(
            new
            {
                type = "external_account",
                audience = server.Server.Accounts.Foreign.Audience,
                subject_token_type = "urn:ietf:params:oauth:token-type:jwt",
                token_url = new Uri(Address, "/v1/token"),
                credential_source = source,
                service_account_impersonation_url = actAs,
            }
        );

    private string Impersonated(string email) =>
        $$"""
            {"type":"impersonated_service_account","delegates":[],"service_account_impersonation_url":"{{ActAs(
                email
            )}}","source_credentials":{{User()}}}
            """;

    private Uri ActAs(string email) => new(Address, $"/v1/projects/-/serviceAccounts/{email}:generateAccessToken");

    private Task WorksAsync(string text) => WorksAsync(options => options with { CredentialsFile = server.Write(text) });

    private async Task WorksAsync(Func<GcsOptions, GcsOptions> change)
    {
        await using var driver = server.Open(server.CreateBucket(), change);
        Assert.Equal(
            WriteResult.Done,
            (await driver.PutAsync("key", ObjectBody.FromBytes("x"u8.ToArray()), WriteCondition.IfAbsent, Token)).Result
        );
        Assert.NotNull(await driver.StatAsync("key", Token));
    }

    private Task<StoreException> FailsAsync(string text) => FailsAsync(options => options with { CredentialsFile = server.Write(text) });

    private async Task<StoreException> FailsAsync(Func<GcsOptions, GcsOptions> change)
    {
        await using var driver = server.Open(server.CreateBucket(), change);
        return await Assert.ThrowsAsync<StoreException>(async () => await driver.StatAsync("key", Token));
    }

    private sealed class WrongClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(-5);
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
