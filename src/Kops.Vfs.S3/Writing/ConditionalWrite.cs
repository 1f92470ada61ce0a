using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Transport;

namespace Kops.Vfs.S3.Writing;

/// <summary>Sends a write with its condition, and finds out how it ended when the answer does not say.</summary>
internal sealed class ConditionalWrite(S3Bucket bucket)
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);
    private volatile bool _unquoted = bucket.Options.UnquotedIfMatch;
    private volatile bool _quotingKnown = bucket.Options.UnquotedIfMatch;

    /// <summary>Sends with the header <c>If-Match</c> that its argument gives (null for none); gives the new ETag.</summary>
    internal delegate Task<string> Send(IAmazonS3 client, string? ifMatch, CancellationToken cancellationToken);

    internal async ValueTask<WriteOutcome> RunAsync(string key, WriteCondition condition, WriteId? id, Send send, CancellationToken cancellationToken)
    {
        var unquoted = _unquoted;
        while (true)
        {
            try
            {
                var ifMatch = condition.Kind is WriteConditionKind.IfMatch ? S3ETag.ToHeader(condition.Version, !unquoted) : null;
                var etag = await bucket.SendAsync((client, token) => send(client, ifMatch, token), cancellationToken).ConfigureAwait(false);
                if (ifMatch is not null) Learn(unquoted);
                return WriteOutcome.Written(S3ETag.ToVersion(etag));
            }
            catch (Exception e) when (!S3Bucket.IsCancelled(e, cancellationToken))
            {
                var failure = id is null ? null : S3Failure.LostAnswer(e);
                var lost = failure is not null;
                var refused = IsRefusal(e, condition, lost);
                if (refused && !lost && (condition.Kind is WriteConditionKind.IfAbsent || _quotingKnown)) return WriteOutcome.Conflict;
                if (!refused && !lost) throw Wrap(key, e);

                var found = await LookAsync(key, e, cancellationToken).ConfigureAwait(false);
                if (lost && found?.Mark?.Id == id!.Value.Id) return WriteOutcome.Written(found.Value.Version);
                if (condition.Kind is WriteConditionKind.Any) throw refused ? Unknown(key, failure!) : Wrap(key, e);
                if (Holds(condition, found))
                {
                    // It has not happened so far, and may be tried later.
                    if (!refused) throw Wrap(key, e);
                    // Refused, although it holds: the service wants the ETag without quotes, or somebody was there in between.
                    if (unquoted || condition.Kind is WriteConditionKind.IfAbsent) return WriteOutcome.Conflict;
                    unquoted = true;
                    continue;
                }

                // Where another write stands that was made on what ours was to be made on, ours has not happened.
                if (!lost || found?.Mark?.Replaced == id!.Value.Replaced || S3Failure.IsLostRace(failure!)) return WriteOutcome.Conflict;
                throw Unknown(key, failure!);
            }
        }
    }

    private static bool Holds(WriteCondition condition, Found? found) =>
        condition.Kind is WriteConditionKind.IfAbsent ? found is null : found?.Version == condition.Version;

    private void Learn(bool unquoted)
    {
        _unquoted = unquoted;
        _quotingKnown = true;
    }

    /// <summary>Whether the answer says that the condition does not hold; or that an upload is gone, which an earlier try may have completed.</summary>
    private static bool IsRefusal(Exception exception, WriteCondition condition, bool lost) => exception is AmazonS3Exception e && e.StatusCode switch
    {
        HttpStatusCode.PreconditionFailed => true,
        HttpStatusCode.NotFound when e.ErrorCode is "NoSuchKey" => condition.Kind is WriteConditionKind.IfMatch,
        HttpStatusCode.NotFound when e.ErrorCode is "NoSuchUpload" => lost,
        _ => false,
    };

    private StoreException Unknown(string key, Exception cause) => new(
        StoreErrorKind.Unavailable, "write", bucket.PathOf(key),
        $"the answer was lost ({S3Failure.Describe(cause)}), and the object has been changed again since: it cannot be told whether this write happened; look at it before you try again",
        isTransient: false, cause);

    private StoreException Wrap(string key, Exception e) => bucket.Wrap("write", key, "s3:PutObject", e);

    private async ValueTask<Found?> LookAsync(string key, Exception failure, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookTimeout);
        var request = new GetObjectMetadataRequest { BucketName = bucket.Name, Key = key };
        try
        {
            var head = await bucket.SendAsync((client, token) => client.GetObjectMetadataAsync(request, token), limit.Token).ConfigureAwait(false);
            return new Found(S3ETag.ToVersion(head.ETag), WriteId.Read(head.Metadata));
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception e) when (!S3Bucket.IsCancelled(e, cancellationToken))
        {
            throw Wrap(key, failure);
        }
    }

    private readonly record struct Found(ObjectVersion Version, WriteId? Mark);
}
