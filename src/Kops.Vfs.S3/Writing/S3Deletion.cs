using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Kops.Vfs.S3.Writing;

/// <summary>Deletes objects, one with its condition or many at once.</summary>
internal sealed class S3Deletion(S3Bucket bucket)
{
    private const int MaxBatch = 1000;

    /// <summary>S3 answers a delete alike whether there was something to delete, so the object is looked at first.</summary>
    internal async ValueTask<WriteOutcome> DeleteAsync(
        string key, WriteCondition condition, Func<string, CancellationToken, ValueTask<ObjectInfo?>> stat, CancellationToken cancellationToken)
    {
        if (await stat(key, cancellationToken).ConfigureAwait(false) is not { } info) return WriteOutcome.Absent;
        var conditional = condition.Kind is WriteConditionKind.IfMatch;
        if (conditional && info.Version != condition.Version) return WriteOutcome.Conflict;
        var request = new DeleteObjectRequest
        {
            BucketName = bucket.Name, Key = key,
            IfMatch = conditional && bucket.Options.ConditionalDelete ? S3ETag.ToHeader(condition.Version, !bucket.Options.UnquotedIfMatch) : null,
        };
        try
        {
            await bucket.SendAsync((client, token) => client.DeleteObjectAsync(request, token), cancellationToken).ConfigureAwait(false);
            return WriteOutcome.Deleted;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed)
        {
            return WriteOutcome.Conflict;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket")
        {
            return WriteOutcome.Absent;
        }
        catch (Exception e) when (!S3Bucket.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("delete", key, "s3:DeleteObject", e);
        }
    }

    internal ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        DeleteAsync([.. keys.Select(key => new KeyVersion { Key = key })], "s3:DeleteObject", cancellationToken);

    internal ValueTask<IReadOnlyList<StoreException>> DeleteVersionsAsync(IReadOnlyList<KeyVersion> versions, CancellationToken cancellationToken) =>
        DeleteAsync(versions, "s3:DeleteObjectVersion", cancellationToken);

    private async ValueTask<IReadOnlyList<StoreException>> DeleteAsync(
        IReadOnlyList<KeyVersion> versions, string permission, CancellationToken cancellationToken)
    {
        var failures = new List<StoreException>();
        foreach (var batch in versions.Chunk(MaxBatch))
        {
            var request = new DeleteObjectsRequest { BucketName = bucket.Name, Objects = [.. batch], Quiet = true };
            try
            {
                await bucket.SendAsync((client, token) => client.DeleteObjectsAsync(request, token), cancellationToken).ConfigureAwait(false);
            }
            catch (DeleteObjectsException e)
            {
                failures.AddRange(e.Response.DeleteErrors.Select(error => Failure(error, permission, e)));
            }
            catch (Exception e) when (!S3Bucket.IsCancelled(e, cancellationToken))
            {
                throw bucket.Wrap("delete", batch[0].Key, permission, e);
            }
        }

        return failures;
    }

    private StoreException Failure(DeleteError error, string permission, DeleteObjectsException cause)
    {
        var status = error.Code switch
        {
            "AccessDenied" => HttpStatusCode.Forbidden,
            "InternalError" => HttpStatusCode.InternalServerError,
            "SlowDown" or "ServiceUnavailable" => HttpStatusCode.ServiceUnavailable,
            _ => HttpStatusCode.BadRequest,
        };
        var single = new AmazonS3Exception(error.Message, Amazon.Runtime.ErrorType.Unknown, error.Code, cause.RequestId, status);
        return bucket.Wrap("delete", error.Key, permission, single);
    }
}
