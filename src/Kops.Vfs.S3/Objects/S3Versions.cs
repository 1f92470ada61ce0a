using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.S3.Objects;

/// <summary>Reads objects, in their current version or in an older one that the bucket has kept.</summary>
internal sealed class S3Versions(S3Container bucket)
{
    internal async ValueTask<ObjectReader?> OpenAsync(
        string key,
        string? versionId,
        CancellationToken cancellationToken,
        string operation = "read"
    )
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket.Name,
            Key = key,
            VersionId = versionId,
        };
        try
        {
            var response = await bucket
                .SendAsync((client, token) => client.GetObjectAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
            var version = S3ETag.ToVersion(response.ETag);
            var info = new ObjectInfo(key, response.ContentLength, version, S3Time.From(response.LastModified))
            {
                Mark = WriteMark.Parse(response.Metadata[WriteMark.Name])?.Id,
                Md5 = S3ETag.Md5(version, response.ServerSideEncryptionMethod, response.ServerSideEncryptionCustomerMethod),
            };
            return new ObjectReader(info, new S3ContentStream(bucket, key, response));
        }
        catch (AmazonS3Exception e) when (IsAbsent(e, versionId))
        {
            return null;
        }
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap(operation, key, versionId is null ? "s3:GetObject" : "s3:GetObjectVersion", e);
        }
    }

    internal async IAsyncEnumerable<StoredVersion> ListAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = bucket.Name, Prefix = key };
        while (true)
        {
            var page = await bucket
                .RunAsync(
                    "list",
                    key,
                    "s3:ListBucketVersions",
                    (client, token) => client.ListVersionsAsync(request, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var version in page.Versions ?? [])
            {
                // Keys come in order, and the prefix itself is the first of those that begin with it.
                if (version.Key != key)
                    yield break;
                var time = S3Time.From(version.LastModified);
                var info =
                    version.IsDeleteMarker == true ? null : new ObjectInfo(key, version.Size ?? 0, S3ETag.ToVersion(version.ETag), time);
                yield return new StoredVersion(version.VersionId, version.IsLatest == true, time, info);
            }

            if (page.IsTruncated != true)
                yield break;
            request.KeyMarker = page.NextKeyMarker;
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
    }

    private static bool IsAbsent(AmazonS3Exception e, string? versionId) =>
        e.StatusCode is HttpStatusCode.NotFound && e.ErrorCode is "NoSuchKey" or "NoSuchVersion"
        || (versionId is not null && e.StatusCode is HttpStatusCode.MethodNotAllowed);
}
