using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kops.Build.Input;

namespace Kops.Build.Discovery;

/// <summary>
/// What an issuer of service accounts tells those who check its tokens: where its keys lie, and the keys. In Go's way of writing JSON with
/// line breaks alone.
/// </summary>
internal static class IssuerDocuments
{
    private const string ServiceAccount = "service-account";

    /// <summary>The document <c>.well-known/openid-configuration</c>.</summary>
    public static byte[] Configuration(string issuer) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {
            "issuer": "{{issuer}}",
            "jwks_uri": "{{issuer}}/openid/v1/jwks",
            "authorization_endpoint": "urn:kubernetes:programmatic_authorization",
            "response_types_supported": [
            "id_token"
            ],
            "subject_types_supported": [
            "public"
            ],
            "id_token_signing_alg_values_supported": [
            "RS256"
            ],
            "claims_supported": [
            "sub",
            "iss"
            ]
            }
            """
        );

    /// <summary>The document <c>openid/v1/jwks</c>: the keys that are trusted, by their ids.</summary>
    public static byte[] Keys(KeysetFact keyset)
    {
        var keys = keyset.Certificates.Select(Key).OfType<(string Id, string Text)>().OrderBy(key => key.Id, StringComparer.Ordinal);
        return Encoding.UTF8.GetBytes($"{{\n\"keys\": [\n{string.Join(",\n", keys.Select(key => key.Text))}\n]\n}}");
    }

    private static (string Id, string Text)? Key(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        using var key = certificate.GetRSAPublicKey();
        if (key is null || certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) != ServiceAccount)
            return null;
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var id = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        return (
            id,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                {
                "use": "sig",
                "kty": "RSA",
                "kid": "{{id}}",
                "alg": "RS256",
                "n": "{{Base64Url.EncodeToString(numbers.Modulus)}}",
                "e": "{{Base64Url.EncodeToString(numbers.Exponent)}}"
                }
                """
            )
        );
    }
}
