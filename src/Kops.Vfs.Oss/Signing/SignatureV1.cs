using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Kops.Vfs.Oss.Configuration;

namespace Kops.Vfs.Oss.Signing;

/// <summary>Signature version 1.</summary>
/// <remarks>Source: OSS developer reference, "Include a V1 signature in the Authorization header". SHA-1 is what it is defined
/// with.</remarks>
internal static class SignatureV1
{
    /// <summary>The parameters that name a part of a resource; others are not signed.</summary>
    private static readonly HashSet<string> SubResources = new(StringComparer.Ordinal)
    {
        "acl",
        "bucketInfo",
        "continuation-token",
        "delete",
        "encryption",
        "lifecycle",
        "partNumber",
        "policy",
        "publicAccessBlock",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
    };

    /// <summary>Signs a request: sets its time and its <c>Authorization</c>.</summary>
    internal static void Sign(
        HttpRequestMessage message,
        string resource,
        IReadOnlyList<(string Name, string? Value)> query,
        OssAccessKey key,
        DateTimeOffset now
    )
    {
        var date = now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
        message.Headers.TryAddWithoutValidation("Date", date);
        if (key.SecurityToken is { } token)
            message.Headers.Add("x-oss-security-token", token);
        var headers = OssHeaders.Of(message).ToList();
        var parameters = query
            .Where(pair => SubResources.Contains(pair.Name))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Value is null ? pair.Name : $"{pair.Name}={pair.Value}")
            .ToList();
        var text = new StringBuilder()
            .Append(message.Method)
            .Append('\n')
            .Append(Value("content-md5"))
            .Append('\n')
            .Append(Value("content-type"))
            .Append('\n')
            .Append(date)
            .Append('\n');
        foreach (
            var (name, value) in headers
                .Where(header => header.Name.StartsWith("x-oss-", StringComparison.Ordinal))
                .OrderBy(header => header.Name, StringComparer.Ordinal)
        )
            text.Append(name).Append(':').Append(value).Append('\n');
        text.Append(resource).Append(parameters.Count == 0 ? string.Empty : "?").AppendJoin('&', parameters);
#pragma warning disable CA5350 // That is how this version is defined; the other one is the default.
        var signature = Convert.ToBase64String(
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(text.ToString()))
        );
#pragma warning restore CA5350
        message.Headers.TryAddWithoutValidation("Authorization", $"OSS {key.Id}:{signature}");

        string Value(string name) => headers.FirstOrDefault(header => header.Name == name).Value ?? string.Empty;
    }
}
