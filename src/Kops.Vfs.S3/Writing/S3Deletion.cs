using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Objects;

namespace Kops.Vfs.S3.Writing;

/// <summary>Deletes objects, one with its condition or many at once.</summary>
internal sealed class S3Deletion(S3Container bucket)
{
    private const int MaxBatch = 1000;
    private const int MaxSingles = 16;

    /// <summary>S3 answers a delete alike whether there was something to delete, so the object is looked at first.</summary>
    internal async ValueTask<WriteOutcome> DeleteAsync(
        string key,
        WriteCondition condition,
        Func<string, CancellationToken, ValueTask<ObjectInfo?>> stat,
        CancellationToken cancellationToken
    )
    {
        if (await stat(key, cancellationToken).ConfigureAwait(false) is not { } info)
            return WriteOutcome.Absent;
        var conditional = condition.Kind is WriteConditionKind.IfMatch;
        if (conditional && info.Version != condition.Version)
            return WriteOutcome.Conflict;
        var request = new DeleteObjectRequest
        {
            BucketName = bucket.Name,
            Key = key,
            IfMatch =
                conditional && bucket.Options.ConditionalDelete
                    ? S3ETag.ToHeader(condition.Version, !bucket.Options.UnquotedIfMatch)
                    : null,
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
        catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
        {
            throw bucket.Wrap("delete", key, "s3:DeleteObject", e);
        }
    }

    internal ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        DeleteAsync([.. keys.Select(key => new KeyVersion { Key = key })], "s3:DeleteObject", cancellationToken);

    internal ValueTask<IReadOnlyList<StoreException>> DeleteVersionsAsync(
        IReadOnlyList<KeyVersion> versions,
        CancellationToken cancellationToken
    ) => DeleteAsync(versions, "s3:DeleteObjectVersion", cancellationToken);

    private async ValueTask<IReadOnlyList<StoreException>> DeleteAsync(
        IReadOnlyList<KeyVersion> versions,
        string permission,
        CancellationToken cancellationToken
    )
    {
        var failures = new List<StoreException>();
        foreach (var batch in versions.Chunk(MaxBatch))
        {
            var request = new DeleteObjectsRequest
            {
                BucketName = bucket.Name,
                Objects = [.. batch],
                Quiet = true,
            };
            try
            {
                await bucket
                    .SendAsync((client, token) => client.DeleteObjectsAsync(request, token), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (DeleteObjectsException e)
            {
                failures.AddRange(e.Response.DeleteErrors.Select(error => Failure(error, permission, e)));
            }
            catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.Forbidden && bucket.Options.Endpoint is not null)
            {
                // Ceph 16 asks of a batch that all of the bucket may be deleted, where AWS asks for each of its files.
                await DeleteEachAsync(batch, permission, failures, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
            {
                throw bucket.Wrap("delete", batch[0].Key, permission, e);
            }
        }

        return failures;
    }

    private async ValueTask DeleteEachAsync(
        IReadOnlyList<KeyVersion> versions,
        string permission,
        List<StoreException> failures,
        CancellationToken cancellationToken
    )
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxSingles, CancellationToken = cancellationToken };
        await Parallel
            .ForEachAsync(
                versions,
                options,
                async (version, stop) =>
                {
                    try
                    {
                        var request = new DeleteObjectRequest
                        {
                            BucketName = bucket.Name,
                            Key = version.Key,
                            VersionId = version.VersionId,
                        };
                        await bucket.SendAsync((client, token) => client.DeleteObjectAsync(request, token), stop).ConfigureAwait(false);
                    }
                    catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket") { }
                    catch (Exception e) when (!S3Container.IsCancelled(e, stop))
                    {
                        lock (failures)
                            failures.Add(bucket.Wrap("delete", version.Key, permission, e));
                    }
                }
            )
            .ConfigureAwait(false);
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
