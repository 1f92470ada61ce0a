using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>A service account's private key: a statement signed with it is exchanged for a token (RFC 7523).</summary>
internal sealed class ServiceAccountKey(string email, string keyId, string privateKey, Uri tokenUri, TokenEndpoint endpoint) : ITokenSource
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private string Who => $"service account {email}";

    public ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken) =>
        endpoint.RequestAsync(
            tokenUri,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
                ["assertion"] = Sign(scope, endpoint.Now),
            },
            basic: null,
            Who,
            cancellationToken
        );

    private string Sign(string scope, DateTimeOffset now)
    {
        var header = Encode(json =>
        {
            json.WriteString("alg", "RS256");
            json.WriteString("typ", "JWT");
            json.WriteString("kid", keyId);
        });
        var claims = Encode(json =>
        {
            json.WriteString("iss", email);
            json.WriteString("scope", scope);
            json.WriteString("aud", tokenUri.OriginalString);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
        });
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(privateKey);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new SignInException(
                $"{Who}: private_key is not an RSA key in PEM form; make a new key for the account",
                isTransient: false,
                e
            );
        }

        var signature = rsa.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
