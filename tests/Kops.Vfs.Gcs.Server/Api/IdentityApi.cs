using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kops.Vfs.Gcs.Server.Identity;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>The servers that give tokens: OAuth, the security token service, IAM and the metadata server.</summary>
internal sealed class IdentityApi(Accounts accounts, GcsServerOptions options)
{
    internal async Task<bool> HandleAsync(Call call)
    {
        switch (call.Path)
        {
            case ["token"] when call.Method == "POST":
                await AnswerAsync(
                    call,
                    form =>
                        form["grant_type"] switch
                        {
                            "urn:ietf:params:oauth:grant-type:jwt-bearer" => Verify(form["assertion"], call),
                            "refresh_token" => Refresh(form),
                            var other => throw new OAuthException("unsupported_grant_type", $"Invalid grant_type: {other}"),
                        }
                );
                return true;
            case ["v1", "token"] when call.Method == "POST":
                await AnswerAsync(call, Exchange);
                return true;
            case ["v1", "projects", "-", "serviceAccounts", var name]
                when call.Method == "POST" && name.EndsWith(":generateAccessToken", StringComparison.Ordinal):
                await ActAsAsync(call, name.Split(':')[0]);
                return true;
            case ["computeMetadata", "v1", "instance", "service-accounts", "default", "token"]:
                if (call.Header("Metadata-Flavor") != "Google")
                    throw new ApiException(System.Net.HttpStatusCode.Forbidden, "forbidden", "Missing required header: Metadata-Flavor");
                await call.AnswerAsync(Token(accounts.Owner));
                return true;
            case ["subject"]:
                if (call.Header("X-Subject") != "yes")
                    throw new ApiException(System.Net.HttpStatusCode.Forbidden, "forbidden", "no header");
                await call.AnswerAsync(new JsonObject { ["value"] = accounts.Foreign.Token });
                return true;
            default:
                return false;
        }
    }

    private async Task AnswerAsync(Call call, Func<Dictionary<string, string>, Account> find)
    {
        var form = await call.Context.Request.ReadFormAsync(call.Aborted);
        try
        {
            await call.AnswerAsync(
                Token(find(form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal)))
            );
        }
        catch (OAuthException e)
        {
            await call.AnswerAsync(new JsonObject { ["error"] = e.Code, ["error_description"] = e.Message }, 400);
        }
    }

    private JsonObject Token(Account account) =>
        new()
        {
            ["access_token"] = accounts.Issue(account, options.TokenLifetime),
            ["expires_in"] = (int)options.TokenLifetime.TotalSeconds,
            ["token_type"] = "Bearer",
            ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        };

    private Account Verify(string assertion, Call call)
    {
        if (assertion.Split('.') is not [var header, var claims, var signature])
            throw new OAuthException("invalid_grant", "Invalid JWT: not three parts");
        var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header)).RootElement;
        var body = JsonDocument.Parse(Base64Url.DecodeFromChars(claims)).RootElement;
        var account =
            accounts.All.FirstOrDefault(account => account.Email == body.GetProperty("iss").GetString())
            ?? throw new OAuthException("invalid_grant", "Invalid grant: account not found");
        if (
            head.GetProperty("alg").GetString() != "RS256"
            || !account.Key.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{claims}"),
                Base64Url.DecodeFromChars(signature),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        )
            throw new OAuthException("invalid_grant", "Invalid JWT Signature.");
        var own = $"{call.Context.Request.Scheme}://{call.Context.Request.Host}/token";
        // Google's own clients name Google's address as audience, wherever the token comes from.
        if (body.GetProperty("aud").GetString() is var audience && audience != own && audience != "https://oauth2.googleapis.com/token")
            throw new OAuthException("invalid_grant", $"Invalid JWT: Failed audience check, {audience} is not {own}");
        var (now, issued, expires) = (
            DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            body.GetProperty("iat").GetInt64(),
            body.GetProperty("exp").GetInt64()
        );
        if (expires - issued > 3600 || issued > now + 300 || expires < now - 300)
        {
            throw new OAuthException(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp "
                    + "values in the JWT claim."
            );
        }

        return
            body.GetProperty("scope").GetString()!.Contains("devstorage", StringComparison.Ordinal)
            || body.GetProperty("scope").GetString()!.Contains("cloud-platform", StringComparison.Ordinal)
            ? account
            : throw new OAuthException("invalid_scope", "Invalid OAuth scope");
    }

    private Account Refresh(Dictionary<string, string> form)
    {
        var (client, secret, token) = accounts.User;
        if (form.GetValueOrDefault("client_id") != client || form.GetValueOrDefault("client_secret") != secret)
            throw new OAuthException("invalid_client", "The OAuth client was not found.");
        return form.GetValueOrDefault("refresh_token") == token
            ? accounts.Owner
            : throw new OAuthException("invalid_grant", "Token has been expired or revoked.");
    }

    private Account Exchange(Dictionary<string, string> form)
    {
        if (
            form.GetValueOrDefault("grant_type") != "urn:ietf:params:oauth:grant-type:token-exchange"
            || form.GetValueOrDefault("requested_token_type") != "urn:ietf:params:oauth:token-type:access_token"
            || form.GetValueOrDefault("subject_token_type") != "urn:ietf:params:oauth:token-type:jwt"
        )
            throw new OAuthException("invalid_request", "Invalid value for a parameter");
        if (form.GetValueOrDefault("audience") != accounts.Foreign.Audience)
            throw new OAuthException("invalid_target", "The target service indicated by the \"audience\" parameters is invalid.");
        return form.GetValueOrDefault("subject_token") == accounts.Foreign.Token
            ? accounts.Owner
            : throw new OAuthException("invalid_grant", "The subject token is not valid.");
    }

    private async Task ActAsAsync(Call call, string name)
    {
        var caller = accounts.Authenticate(call.Header("Authorization"));
        if (!caller.MayUseBuckets)
            throw new ApiException(
                System.Net.HttpStatusCode.Forbidden,
                "forbidden",
                "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."
            );
        var json = await call.ReadJsonAsync();
        if (json["scope"] is not JsonArray { Count: > 0 })
            throw ApiException.Bad("Scope required.");
        var account = accounts.All.FirstOrDefault(account => account.Email == name) ?? throw ApiException.NotFound("Account not found");
        var lifetime = TimeSpan.FromSeconds(double.Parse(((string)json["lifetime"]!).TrimEnd('s'), CultureInfo.InvariantCulture));
        await call.AnswerAsync(
            new JsonObject
            {
                ["accessToken"] = accounts.Issue(account, lifetime),
                ["expireTime"] = (DateTimeOffset.UtcNow + lifetime).UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss'Z'",
                    CultureInfo.InvariantCulture
                ),
            }
        );
    }

    private sealed class OAuthException(string code, string message) : Exception(message)
    {
        internal string Code { get; } = code;
    }
}
