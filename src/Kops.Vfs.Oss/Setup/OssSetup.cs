using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Xml.Linq;
using Kops.Vfs.Oss.Objects;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Oss.Setup;

/// <summary>What a bucket of OSS should have. A policy and rules that are there stay.</summary>
/// <remarks>Source: OSS developer reference, "Bucket operations".</remarks>
internal sealed class OssSetup(OssBucket bucket, BucketWishes wishes)
{
    private const string RuleId = "kops-old-versions";

    private readonly TlsDenial _tls = new()
    {
        Bucket = bucket.Name,
        ResourcePrefix = "acs:oss:*:*:",
        Language = "1",
        AllActions = "oss:*",
        Key = "acs:SecureTransport",
    };

    internal IReadOnlyList<BucketSetting> Settings =>
        [
            new("bucket", "exists", LookAsync, token => PutAsync("create", string.Empty, "oss:PutBucket", null, token)),
            new(
                "versioning",
                "on",
                LookVersioningAsync,
                token =>
                    PutAsync(
                        "set up",
                        "versioning",
                        "oss:PutBucketVersioning",
                        new XElement("VersioningConfiguration", new XElement("Status", "Enabled")),
                        token
                    )
            ),
            new(
                "encryption",
                bucket.Options.KmsKeyId is { } key ? $"by default, with {key}" : "by default",
                LookEncryptionAsync,
                ApplyEncryptionAsync
            ),
            new(
                "public access",
                "blocked",
                LookPublicAsync,
                token =>
                    PutAsync(
                        "set up",
                        "publicAccessBlock",
                        "oss:PutBucketPublicAccessBlock",
                        new XElement("PublicAccessBlockConfiguration", new XElement("BlockPublicAccess", true)),
                        token
                    )
            ),
            bucket.Options.Endpoint.Scheme is "http"
                ? BucketSetting.TlsFor(bucket.Options.Endpoint)
                : new("TLS only", "others denied", LookTlsAsync, ApplyTlsAsync),
            new("old versions", $"removed after {wishes.DaysToSet} days", LookRulesAsync, ApplyRulesAsync),
        ];

    private async ValueTask<BucketFinding> LookAsync(CancellationToken cancellationToken)
    {
        using var answer = await bucket
            .SendAsync(OssRequests.To(HttpMethod.Get, string.Empty, [("bucketInfo", null)]), cancellationToken)
            .ConfigureAwait(false);
        return answer.Failure switch
        {
            null => BucketFinding.Met(),
            { Code: "NoSuchBucket" } => BucketFinding.Unmet(),
            var failure => throw bucket.Errors.Wrap("open", string.Empty, failure, "oss:GetBucketInfo"),
        };
    }

    private async ValueTask<BucketFinding> LookVersioningAsync(CancellationToken cancellationToken)
    {
        var status = Text(
            await GetAsync("versioning", "VersioningConfiguration", "oss:GetBucketVersioning", cancellationToken).ConfigureAwait(false),
            "Status"
        );
        return BucketFinding.Of(status is "Enabled", status is "Suspended" ? "suspended" : null);
    }

    private async ValueTask<BucketFinding> LookEncryptionAsync(CancellationToken cancellationToken)
    {
        var found = await GetAsync("encryption", "ServerSideEncryptionRule", "oss:GetBucketEncryption", cancellationToken)
            .ConfigureAwait(false);
        var (kind, key) = (Text(found, "SSEAlgorithm"), Text(found, "KMSMasterKeyID"));
        return BucketFinding.Of(
            kind is not null && (bucket.Options.KmsKeyId is null || (kind is "KMS" && key == bucket.Options.KmsKeyId)),
            kind is null ? null
                : key is null ? kind
                : $"{kind}, {key}"
        );
    }

    private ValueTask ApplyEncryptionAsync(CancellationToken cancellationToken)
    {
        var rule = bucket.Options.KmsKeyId is { } key
            ? new XElement("ApplyServerSideEncryptionByDefault", new XElement("SSEAlgorithm", "KMS"), new XElement("KMSMasterKeyID", key))
            : new XElement("ApplyServerSideEncryptionByDefault", new XElement("SSEAlgorithm", bucket.Options.Encryption ?? "AES256"));
        return PutAsync(
            "set up",
            "encryption",
            "oss:PutBucketEncryption",
            new XElement("ServerSideEncryptionRule", rule),
            cancellationToken
        );
    }

    private async ValueTask<BucketFinding> LookPublicAsync(CancellationToken cancellationToken) =>
        BucketFinding.Of(
            Text(
                await GetAsync("publicAccessBlock", "PublicAccessBlockConfiguration", "oss:GetBucketPublicAccessBlock", cancellationToken)
                    .ConfigureAwait(false),
                "BlockPublicAccess"
            )
                is "true"
        );

    private async ValueTask<BucketFinding> LookTlsAsync(CancellationToken cancellationToken) =>
        BucketFinding.Of(_tls.IsIn(await PolicyAsync(cancellationToken).ConfigureAwait(false)));

    private async ValueTask ApplyTlsAsync(CancellationToken cancellationToken)
    {
        var policy =
            _tls.AddTo(await PolicyAsync(cancellationToken).ConfigureAwait(false))
            ?? throw bucket.Errors.Wrong(
                "set up",
                string.Empty,
                "the bucket's policy is not JSON as OSS documents it; look at it with 'ossutil bucket-policy --method get'"
            );
        await SendAsync(
                "set up",
                "oss:PutBucketPolicy",
                Request(HttpMethod.Put, "policy", Encoding.UTF8.GetBytes(policy), "application/json"),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async ValueTask<string?> PolicyAsync(CancellationToken cancellationToken)
    {
        using var answer = await bucket.SendAsync(Request(HttpMethod.Get, "policy"), cancellationToken).ConfigureAwait(false);
        if (answer.Response is { } response)
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return answer.Failure!.Code is "NoSuchBucketPolicy"
            ? null
            : throw bucket.Errors.Wrap("look at", string.Empty, answer.Failure, "oss:GetBucketPolicy");
    }

    private async ValueTask<BucketFinding> LookRulesAsync(CancellationToken cancellationToken)
    {
        var rules = Rules(
            await GetAsync("lifecycle", "LifecycleConfiguration", "oss:GetBucketLifecycle", cancellationToken).ConfigureAwait(false)
        );
        if (rules.Find(RemovesCurrent) is { } danger)
            return BucketFinding.OutOfReach(
                $"rule '{Text(danger, "ID")}' removes files that are in use: correct or remove it first, or clusters will be lost"
            );
        var covering = rules
            .Where(rule =>
                IsOn(rule)
                && !rule.Elements().Any(part => part.Name.LocalName is "Tag" or "Filter")
                && wishes.Prefix.StartsWith(Text(rule, "Prefix") ?? string.Empty, StringComparison.Ordinal)
            )
            .ToList();
        var days = covering.Select(rule => Days(rule, "NoncurrentVersionExpiration", "NoncurrentDays")).FirstOrDefault(found => found > 0);
        return BucketFinding.Of(
            days is { } kept && wishes.Accepts(kept) && covering.Any(rule => Days(rule, "AbortMultipartUpload", "Days") > 0),
            days is null ? null : $"after {days} days"
        );
    }

    private async ValueTask ApplyRulesAsync(CancellationToken cancellationToken)
    {
        var id = wishes.Prefix.Length == 0 ? RuleId : $"{RuleId}-{wishes.Prefix.TrimEnd('/').Replace('/', '-')}";
        var ours = new XElement(
            "Rule",
            new XElement("ID", id),
            new XElement("Prefix", wishes.Prefix),
            new XElement("Status", "Enabled"),
            new XElement("NoncurrentVersionExpiration", new XElement("NoncurrentDays", wishes.DaysToSet)),
            new XElement("AbortMultipartUpload", new XElement("Days", BucketWishes.UploadDays))
        );
        var rules = Rules(
                await GetAsync("lifecycle", "LifecycleConfiguration", "oss:GetBucketLifecycle", cancellationToken).ConfigureAwait(false)
            )
            .Where(rule => Text(rule, "ID") != id);
        await PutAsync(
                "set up",
                "lifecycle",
                "oss:PutBucketLifecycle",
                new XElement("LifecycleConfiguration", rules, ours),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private bool RemovesCurrent(XElement rule)
    {
        var prefix = Text(rule, "Prefix") ?? string.Empty;
        return IsOn(rule)
            && rule.Elements().FirstOrDefault(part => part.Name.LocalName is "Expiration") is { } end
            && end.Elements().Any(part => part.Name.LocalName is "Days" or "CreatedBeforeDate" or "Date")
            && (prefix.StartsWith(wishes.Prefix, StringComparison.Ordinal) || wishes.Prefix.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static bool IsOn(XElement rule) => Text(rule, "Status") is "Enabled";

    private static List<XElement> Rules(XElement? lifecycle) =>
        [.. lifecycle?.Elements().Where(part => part.Name.LocalName is "Rule") ?? []];

    private static int? Days(XElement rule, string part, string name) =>
        rule.Elements().FirstOrDefault(each => each.Name.LocalName == part) is { } found
        && int.TryParse(Text(found, name), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            ? days
            : null;

    private static string? Text(XElement? element, string name) =>
        element?.Descendants().FirstOrDefault(part => part.Name.LocalName == name)?.Value;

    /// <summary>A part of the bucket's configuration; null where there is none.</summary>
    private async ValueTask<XElement?> GetAsync(string part, string root, string permission, CancellationToken cancellationToken)
    {
        try
        {
            return await bucket
                .AskXmlAsync("look at", string.Empty, permission, root, Request(HttpMethod.Get, part), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StoreException e)
            when (e.Message.Contains("NoSuchServerSideEncryptionRule", StringComparison.Ordinal)
                || e.Message.Contains("NoSuchLifecycle", StringComparison.Ordinal)
            )
        {
            return null;
        }
    }

    private ValueTask PutAsync(string operation, string part, string permission, XElement? body, CancellationToken cancellationToken) =>
        SendAsync(
            operation,
            permission,
            Request(
                HttpMethod.Put,
                part,
                body is null ? null : Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)),
                "application/xml"
            ),
            cancellationToken
        );

    private static RestRequest Request(HttpMethod method, string part, byte[]? body = null, string? type = null) =>
        OssRequests.To(method, string.Empty, part.Length == 0 ? [] : [(part, null)]) with
        {
            Body = body is null ? null : RestRequest.Bytes(body, type),
        };

    private async ValueTask SendAsync(string operation, string permission, RestRequest request, CancellationToken cancellationToken)
    {
        using var answer = await bucket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.Failure is { Code: "BucketAlreadyExists", Status: HttpStatusCode.Conflict })
            throw bucket.Errors.Wrong(operation, string.Empty, "a bucket of that name is somebody else's; take another name");
        if (answer.Failure is { } failure)
            throw bucket.Errors.Wrap(operation, string.Empty, failure, permission);
    }
}
