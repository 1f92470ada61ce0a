using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Kops.Vfs.Oss.Configuration;

namespace Kops.Vfs.Oss.Signing;

/// <summary>Signature version 4.</summary>
/// <remarks>Source: OSS developer reference, "Include a V4 signature in the Authorization header".</remarks>
internal static class SignatureV4
{
    private const string Algorithm = "OSS4-HMAC-SHA256";

    /// <summary>Signs a request: sets its time and its <c>Authorization</c>.</summary>
    /// <param name="message">The request, with all other headers.</param>
    /// <param name="resource">Bucket and key as <c>/bucket/key</c>; <c>/bucket/</c> for the bucket itself.</param>
    /// <param name="query">The query's parameters.</param>
    /// <param name="key">Who signs.</param>
    /// <param name="region">The bucket's region, for example <c>cn-hangzhou</c>.</param>
    /// <param name="now">The time.</param>
    internal static void Sign(
        HttpRequestMessage message,
        string resource,
        IReadOnlyList<(string Name, string? Value)> query,
        OssAccessKey key,
        string region,
        DateTimeOffset now
    )
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        message.Headers.Add("x-oss-date", time);
        message.Headers.Add("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
        if (key.SecurityToken is { } token)
            message.Headers.Add("x-oss-security-token", token);
        var scope = $"{time[..8]}/{region}/oss/aliyun_v4_request";
        var text =
            $"{Algorithm}\n{time}\n{scope}\n"
            + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(message, resource, query))))}";
        var signature = Convert.ToHexStringLower(
            HMACSHA256.HashData(SigningKey(key.Secret, time[..8], region), Encoding.UTF8.GetBytes(text))
        );
        message.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={key.Id}/{scope},Signature={signature}");
    }

    /// <summary>The key for one day, region and service.</summary>
    internal static byte[] SigningKey(string secret, string date, string region)
    {
        var key = Encoding.UTF8.GetBytes("aliyun_v4" + secret);
        foreach (var part in (string[])[date, region, "oss", "aliyun_v4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Canonical(HttpRequestMessage message, string resource, IReadOnlyList<(string Name, string? Value)> query)
    {
        var parameters = query
            .Select(pair => (Name: OssText.Encode(pair.Name), pair.Value))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Value is { Length: > 0 } value ? $"{pair.Name}={OssText.Encode(value)}" : pair.Name);
        var headers = OssHeaders
            .Of(message)
            .Where(header => header.Name is "content-type" or "content-md5" || header.Name.StartsWith("x-oss-", StringComparison.Ordinal))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .Select(header => $"{header.Name}:{header.Value}\n");
        // No further headers are signed, and the content is not: it has a digest of its own where it needs one.
        return $"{message.Method}\n{OssText.EncodePath(resource)}\n{string.Join('&', parameters)}\n{string.Concat(headers)}\n\n"
            + $"UNSIGNED-PAYLOAD";
    }
}
