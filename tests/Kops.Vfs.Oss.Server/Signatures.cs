using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Kops.Vfs.Oss.Server;

/// <summary>Checks who signed a request, from the bytes that arrived.</summary>
internal sealed class Signatures(OssServerOptions options)
{
    private static readonly HashSet<string> SubResources = new(StringComparer.Ordinal)
    {
        "acl",
        "bucketInfo",
        "continuation-token",
        "delete",
        "encryption",
        "partNumber",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
    };

    /// <exception cref="ApiException">Nobody that is known here signed it so.</exception>
    internal OssAccount Check(Call call)
    {
        var authorization =
            call.Header("Authorization")
            ?? throw new ApiException(403, "AccessDenied", "You have no right to access this object because of bucket acl.");
        var isV4 = authorization.StartsWith("OSS4-HMAC-SHA256 ", StringComparison.Ordinal);
        if (isV4 && options.Quirks.OldSignatureOnly && call.Method == "PUT")
            throw new ApiException(500, "InternalError", "We encountered an internal error. Please try again.");
        if (options.Quirks.AnyKey)
            return options.Owner;
        var fields = isV4
            ? authorization["OSS4-HMAC-SHA256 ".Length..]
                .Split(',')
                .Select(field => field.Trim().Split('=', 2))
                .ToDictionary(field => field[0], field => field[1])
            : [];
        var id = isV4 ? fields["Credential"].Split('/')[0] : authorization["OSS ".Length..].Split(':')[0];
        var account =
            options.Readers.Append(options.Owner).FirstOrDefault(account => account.Id == id)
            ?? throw new ApiException(403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.");
        if (call.Header("x-oss-security-token") != account.Token)
            throw new ApiException(403, "InvalidSecurityToken", "The security token you provided is invalid.");
        if (account.Expires < DateTimeOffset.UtcNow)
            throw new ApiException(403, "SecurityTokenExpired", "The security token you provided has expired.");
        var time = isV4
            ? DateTimeOffset.ParseExact(
                call.Header("x-oss-date")!,
                "yyyyMMdd'T'HHmmss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal
            )
            : DateTimeOffset.Parse((call.Header("x-oss-date") ?? call.Header("Date"))!, CultureInfo.InvariantCulture);
        if ((DateTimeOffset.UtcNow - time).Duration() > TimeSpan.FromMinutes(15))
            throw new ApiException(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large."
            );
        var given = isV4 ? fields["Signature"] : authorization.Split(':')[1];
        var right = isV4 ? V4(call, account, fields) : V1(call, account);
        return given == right
            ? account
            : throw new ApiException(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided."
            );
    }

    private string V4(Call call, OssAccount account, Dictionary<string, string> fields)
    {
        var scope = fields["Credential"].Split('/');
        if (scope[2] != options.Region)
            throw new ApiException(400, "InvalidArgument", $"Invalid signing region in Authorization header: {scope[2]}.");
        var additional = fields.GetValueOrDefault("AdditionalHeaders")?.Split(';') ?? [];
        var headers = new StringBuilder();
        foreach (var (name, value) in Sorted(call))
        {
            if (name.StartsWith("x-oss-", StringComparison.Ordinal) || name is "content-type" or "content-md5" || additional.Contains(name))
                headers.Append(name).Append(':').Append(value).Append('\n');
        }

        var query = string.Join(
            '&',
            call.Query.Select(pair => (Name: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(pair.Value)))
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .Select(pair => pair.Value.Length > 0 ? $"{pair.Name}={pair.Value}" : pair.Name)
        );
        var path =
            "/"
            + (
                call.Bucket.Length == 0
                    ? string.Empty
                    : $"{call.Bucket}/{Uri.EscapeDataString(call.Key).Replace("%2F", "/", StringComparison.Ordinal)}"
            );
        var canonical = $"{call.Method}\n{path}\n{query}\n{headers}\n{string.Join(';', additional)}\n{call.Header("x-oss-content-sha256")}";
        var text =
            $"OSS4-HMAC-SHA256\n{call.Header("x-oss-date")}\n{string.Join('/', scope[1..])}\n"
            + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope[1..]
            .Aggregate(
                Encoding.UTF8.GetBytes("aliyun_v4" + account.Secret),
                (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part))
            );
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string V1(Call call, OssAccount account)
    {
        var oss = string.Concat(
            Sorted(call)
                .Where(header => header.Name.StartsWith("x-oss-", StringComparison.Ordinal))
                .Select(header => $"{header.Name}:{header.Value}\n")
        );
        var parameters = call
            .Query.Where(pair => SubResources.Contains(pair.Key))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value.Length > 0 ? $"{pair.Key}={pair.Value}" : pair.Key)
            .ToList();
        var resource =
            "/"
            + (call.Bucket.Length == 0 ? string.Empty : $"{call.Bucket}/{call.Key}")
            + (parameters.Count == 0 ? string.Empty : "?" + string.Join('&', parameters));
        var text =
            $"{call.Method}\n{call.Header("Content-MD5")}\n{call.Header("Content-Type")}\n"
            + $"{call.Header("x-oss-date") ?? call.Header("Date")}\n{oss}{resource}";
#pragma warning disable CA5350 // That is how it is defined.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(account.Secret), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    private static IEnumerable<(string Name, string Value)> Sorted(Call call) =>
        call
            .Context.Request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.ToString().Trim()))
            .OrderBy(header => header.Name, StringComparer.Ordinal);
}
