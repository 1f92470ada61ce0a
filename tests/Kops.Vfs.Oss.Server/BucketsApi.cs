using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Kops.Vfs.Oss.Server;

/// <summary>Requests to a bucket as a whole.</summary>
internal static class BucketsApi
{
    internal static Task HandleAsync(Call call, Bucket bucket) =>
        call.Method switch
        {
            "GET" when call.Query.ContainsKey("versioning") => call.AnswerAsync(
                new XElement("VersioningConfiguration", bucket.Versioning ? new XElement("Status", "Enabled") : null)
            ),
            "GET" when call.Query.ContainsKey("bucketInfo") => call.AnswerAsync(
                new XElement("BucketInfo", new XElement("Bucket", new XElement("Name", call.Bucket)))
            ),
            "GET" or "PUT" when Settings.FirstOrDefault(setting => call.Query.ContainsKey(setting.Name)) is { Name: not null } setting =>
                SettingAsync(call, bucket, setting.Name, setting.Missing),
            "PUT" when call.Query.ContainsKey("versioning") => TurnOnAsync(call, bucket),
            "PUT" when call.Query.Count == 0 => Task.CompletedTask,
            "GET" when call.Query.ContainsKey("versions") => ListVersionsAsync(call, bucket),
            "GET" => ListAsync(call, bucket),
            "POST" when call.Query.ContainsKey("delete") => DeleteAsync(call, bucket),
            _ => throw new ApiException(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
        };

    /// <summary>
    /// Parts of a bucket's configuration that are kept as they come, with the word for their absence; empty where there is always one.
    /// </summary>
    private static readonly (string Name, string Missing)[] Settings =
    [
        ("encryption", "NoSuchServerSideEncryptionRule"),
        ("lifecycle", "NoSuchLifecycle"),
        ("policy", "NoSuchBucketPolicy"),
        ("publicAccessBlock", string.Empty),
    ];

    private static async Task SettingAsync(Call call, Bucket bucket, string name, string missing)
    {
        if (call.Method == "PUT")
        {
            using var body = new MemoryStream();
            await call.Context.Request.Body.CopyToAsync(body, call.Aborted);
            bucket.Settings[name] = body.ToArray();
            return;
        }

        if (bucket.Settings.TryGetValue(name, out var kept))
            await call.Context.Response.Body.WriteAsync(kept, call.Aborted);
        else if (missing.Length > 0)
            throw new ApiException(404, missing, "There is none.");
        else
            await call.AnswerAsync(new XElement("PublicAccessBlockConfiguration", new XElement("BlockPublicAccess", false)));
    }

    private static async Task TurnOnAsync(Call call, Bucket bucket)
    {
        var request = await XElement.LoadAsync(call.Context.Request.Body, LoadOptions.None, call.Aborted);
        if (request.Element("Status")?.Value == "Enabled")
            bucket.Versioning = true;
    }

    private static Task ListAsync(Call call, Bucket bucket)
    {
        var (prefix, delimiter, encode) = (
            call.Parameter("prefix") ?? string.Empty,
            call.Parameter("delimiter") ?? string.Empty,
            Rows.Encoding(call)
        );
        var limit = call.Number("max-keys", 100);
        if (call.Quirks.NoGroups && delimiter.Length > 0)
            throw new ApiException(500, "InternalError", "We encountered an internal error. Please try again.");
        if (limit is < 1 or > 1000)
            throw ApiException.Bad("Argument max-keys must be between 1 and 1000.");
        var isOld = call.Quirks.OldListing || call.Parameter("list-type") != "2";
        var after =
            !isOld && call.Parameter("continuation-token") is { } token
                ? Encoding.UTF8.GetString(Convert.FromBase64String(token))
                : call.Parameter(isOld ? "marker" : "start-after") ?? string.Empty;
        var (contents, prefixes, last, isTruncated) = (new List<XElement>(), new List<XElement>(), string.Empty, false);
        lock (bucket.Gate)
        {
            foreach (var (key, _) in bucket.Objects)
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal) || bucket.Find(key) is not { } stored)
                    continue;
                var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                var name = end < 0 ? key : key[..(end + delimiter.Length)];
                if (after.Length > 0 && ObjectKey.Compare(name, after) <= 0)
                    continue;
                if (end >= 0 && name == last)
                    continue;
                if (contents.Count + prefixes.Count == limit)
                {
                    isTruncated = true;
                    break;
                }

                last = name;
                if (end < 0)
                    contents.Add(Rows.Object("Contents", encode(key), stored));
                else
                    prefixes.Add(new XElement("CommonPrefixes", new XElement("Prefix", encode(name))));
            }
        }

        return call.AnswerAsync(
            new XElement(
                "ListBucketResult",
                new XElement("Name", call.Bucket),
                new XElement("Prefix", encode(prefix)),
                new XElement("MaxKeys", limit),
                new XElement("Delimiter", encode(delimiter)),
                new XElement("IsTruncated", isTruncated),
                new XElement("KeyCount", contents.Count + prefixes.Count),
                Rows.EncodingType(call),
                isTruncated && !isOld ? new XElement("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(last))) : null,
                isTruncated && isOld && !call.Quirks.OldListing ? new XElement("NextMarker", encode(last)) : null,
                contents,
                prefixes
            )
        );
    }

    private static Task ListVersionsAsync(Call call, Bucket bucket)
    {
        var (prefix, encode) = (call.Parameter("prefix") ?? string.Empty, Rows.Encoding(call));
        var (limit, marker, versionMarker) = (
            call.Number("max-keys", 100),
            call.Parameter("key-marker") ?? string.Empty,
            call.Parameter("version-id-marker")
        );
        var (rows, lastKey, lastVersion, isTruncated) = (new List<XElement>(), string.Empty, string.Empty, false);
        lock (bucket.Gate)
        {
            foreach (var (key, versions) in bucket.Objects)
            {
                if (!key.StartsWith(prefix, StringComparison.Ordinal) || ObjectKey.Compare(key, marker) < 0)
                    continue;
                var newestFirst = versions.AsEnumerable().Reverse().ToList();
                var begin =
                    key == marker
                        ? versionMarker is null
                            ? newestFirst.Count
                            : newestFirst.FindIndex(version => version.VersionId == versionMarker) + 1
                        : 0;
                foreach (var version in newestFirst.Skip(begin))
                {
                    if (isTruncated = rows.Count == limit)
                        break;
                    (lastKey, lastVersion) = (key, version.VersionId);
                    var more = new object[]
                    {
                        Rows.Owner(),
                        new XElement("VersionId", version.VersionId),
                        new XElement("IsLatest", ReferenceEquals(version, versions[^1])),
                    };
                    rows.Add(
                        version.Content is null
                            ? new XElement(
                                "DeleteMarker",
                                new XElement("Key", encode(key)),
                                new XElement("LastModified", Rows.Time(version.Modified)),
                                more
                            )
                            : Rows.Object("Version", encode(key), version, more)
                    );
                }

                if (isTruncated)
                    break;
            }
        }

        return call.AnswerAsync(
            new XElement(
                "ListVersionsResult",
                new XElement("Name", call.Bucket),
                Rows.EncodingType(call),
                new XElement("IsTruncated", isTruncated),
                isTruncated ? new XElement("NextKeyMarker", encode(lastKey)) : null,
                isTruncated ? new XElement("NextVersionIdMarker", lastVersion) : null,
                rows
            )
        );
    }

    private static async Task DeleteAsync(Call call, Bucket bucket)
    {
        using var body = new MemoryStream();
        await call.Context.Request.Body.CopyToAsync(body, call.Aborted);
        if (call.Header("Content-MD5") != Convert.ToBase64String(MD5.HashData(body.ToArray())))
            throw new ApiException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
        body.Position = 0;
        var request = await XElement.LoadAsync(body, LoadOptions.PreserveWhitespace, call.Aborted);
        var (result, encode) = (new XElement("DeleteResult", Rows.EncodingType(call)), Rows.Encoding(call));
        foreach (var item in request.Elements("Object"))
        {
            var (key, version) = (item.Element("Key")!.Value, item.Element("VersionId")?.Value);
            bucket.Delete(key, version);
            if (request.Element("Quiet")?.Value != "true")
                result.Add(
                    new XElement("Deleted", new XElement("Key", encode(key)), version is null ? null : new XElement("VersionId", version))
                );
        }

        await call.AnswerAsync(result);
    }
}
