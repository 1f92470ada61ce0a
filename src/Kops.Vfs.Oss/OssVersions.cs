using System.Net.Http;
using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Oss.Objects;
using Kops.Vfs.Oss.Transport;
using Kops.Vfs.Oss.Writing;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Oss;

/// <summary>The versions that a bucket keeps, where versioning is on.</summary>
internal sealed class OssVersions(OssBucket bucket, OssDeletion deletion)
{
    internal async IAsyncEnumerable<StoredVersion> ListAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? marker = null, version = null; ; )
        {
            var query = new List<(string, string?)> { ("versions", null), ("encoding-type", "url"), ("prefix", key) };
            if (marker is { Length: > 0 })
                query.Add(("key-marker", marker));
            if (version is { Length: > 0 })
                query.Add(("version-id-marker", version));
            var page = await bucket
                .AskXmlAsync(
                    "list",
                    key,
                    "oss:ListObjectVersions",
                    "ListVersionsResult",
                    OssRequests.To(HttpMethod.Get, string.Empty, query),
                    cancellationToken
                )
                .ConfigureAwait(false);
            var rows = page.Elements().Where(element => element.Name.LocalName is "Version" or "DeleteMarker").ToList();
            var decode = OssListing.Decoder(page);
            foreach (var row in rows)
            {
                // Names come in order, and the prefix itself is the first of those that begin with it.
                if (decode(OssListing.Text(row, "Key")) != key)
                    yield break;
                var isDeletion = row.Name.LocalName is "DeleteMarker";
                yield return new StoredVersion(
                    OssListing.Text(row, "VersionId") is { Length: > 0 } id ? id : "null",
                    OssListing.Text(row, "IsLatest") == "true" && !isDeletion,
                    OssListing.Time(row),
                    isDeletion ? null : OssListing.ToInfo(row, key)
                );
            }

            if (OssListing.Text(page, "IsTruncated") != "true")
                yield break;
            (marker, version) = (decode(OssListing.Text(page, "NextKeyMarker")), OssListing.Text(page, "NextVersionIdMarker"));
        }
    }

    internal async ValueTask<int> DeleteAllAsync(string key, CancellationToken cancellationToken)
    {
        var versions = await ListAsync(key, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var failures = await deletion
            .DeleteManyAsync([.. versions.Select(version => (key, (string?)version.Id))], cancellationToken)
            .ConfigureAwait(false);
        return failures.Count == 0 ? versions.Count : throw failures[0];
    }
}
