using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.S3.Objects;

/// <summary>Listings, page by page (ListObjectsV2).</summary>
internal sealed class S3Listing(S3Container bucket)
{
    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket.Name,
            Prefix = prefix.Length == 0 ? null : prefix,
            Delimiter = depth is ListDepth.Children ? "/" : null,
            // Keys may hold what XML cannot.
            Encoding = EncodingType.Url,
        };
        do
        {
            var page = await bucket
                .RunAsync("list", prefix, "s3:ListBucket", (client, token) => client.ListObjectsV2Async(request, token), cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in Merge(page, prefix))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        } while (request.ContinuationToken is not null);
    }

    /// <summary>Objects and prefixes of a page, each in order, as one sequence in order.</summary>
    private static IEnumerable<ListEntry> Merge(ListObjectsV2Response page, string prefix)
    {
        // The SDK leaves the keys as the service encoded them, where it did.
        var objects = page.S3Objects ?? [];
        var prefixes = page.CommonPrefixes ?? [];
        if (page.Encoding == EncodingType.Url)
        {
            prefixes = prefixes.ConvertAll(WebUtility.UrlDecode)!;
            foreach (var o in objects)
                o.Key = WebUtility.UrlDecode(o.Key);
        }

        return ListPage.Merge(prefix, objects.ConvertAll(Info), prefixes);
    }

    private static ObjectInfo Info(S3Object o)
    {
        var version = S3ETag.ToVersion(o.ETag);
        return new(o.Key, o.Size ?? 0, version, S3Time.From(o.LastModified)) { LikelyMd5 = S3ETag.Md5(version, null, null) };
    }
}
