using System.Collections.Concurrent;
using System.Net;
using Kops.Vfs.Gcs.Server.Objects;

namespace Kops.Vfs.Gcs.Server.Api;

/// <summary>Finds a bucket for a caller who may use it.</summary>
internal static class BucketAccess
{
    internal static Bucket Open(
        this ConcurrentDictionary<string, Bucket> buckets,
        Call call,
        string name,
        string permission,
        string? key = null
    )
    {
        if (!buckets.TryGetValue(name, out var bucket))
            throw ApiException.NotFound("The specified bucket does not exist.");
        if (!call.Caller.MayUseBuckets)
        {
            var place = key is null ? "bucket" : "object";
            throw new ApiException(
                HttpStatusCode.Forbidden,
                "forbidden",
                $"{call.Caller.Email} does not have {permission} access to the Google Cloud Storage {place}. Permission '{permission}' "
                    + $"denied on resource (or it may not exist)."
            );
        }

        if (bucket.Options.RequesterPays && call.Query("userProject") is null)
            throw ApiException.Bad("Bucket is a requester pays bucket but no user project provided.", "required");
        return bucket;
    }
}
