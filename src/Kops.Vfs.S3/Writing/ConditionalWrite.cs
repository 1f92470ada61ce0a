using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.S3.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.S3.Writing;

/// <summary>Sends a write with its condition, and finds out how it ended when the answer does not say.</summary>
internal sealed class ConditionalWrite(S3Bucket bucket)
{
    private volatile bool _unquoted = bucket.Options.UnquotedIfMatch;
    private volatile bool _quotingKnown = bucket.Options.UnquotedIfMatch;

    /// <summary>Sends with the header <c>If-Match</c> that its argument gives (null for none); gives the new ETag.</summary>
    internal delegate Task<string> Send(IAmazonS3 client, string? ifMatch, CancellationToken cancellationToken);

    internal async ValueTask<WriteOutcome> RunAsync(
        string key,
        WriteCondition condition,
        WriteMark? mark,
        Send send,
        CancellationToken cancellationToken
    )
    {
        var unquoted = _unquoted;
        while (true)
        {
            try
            {
                var ifMatch = condition.Kind is WriteConditionKind.IfMatch ? S3ETag.ToHeader(condition.Version, !unquoted) : null;
                var etag = await bucket.SendAsync((client, token) => send(client, ifMatch, token), cancellationToken).ConfigureAwait(false);
                if (ifMatch is not null)
                    Learn(unquoted);
                return WriteOutcome.Written(S3ETag.ToVersion(etag));
            }
            catch (Exception e) when (!S3Bucket.IsCancelled(e, cancellationToken))
            {
                var failure = mark is null ? null : S3Failure.LostAnswer(e);
                var lost = failure is not null;
                var refused = IsRefusal(e, condition, lost);
                if (refused && !lost && condition.Kind is WriteConditionKind.IfMatch && _quotingKnown && unquoted != _unquoted)
                {
                    // Another write found out meanwhile how the service wants it: this refusal says nothing.
                    unquoted = _unquoted;
                    continue;
                }

                if (refused && !lost && (condition.Kind is WriteConditionKind.IfAbsent || _quotingKnown))
                    return WriteOutcome.Conflict;
                if (!refused && !lost)
                    throw Wrap(key, e);

                var found = await LookAsync(key, e, cancellationToken).ConfigureAwait(false);
                // Refused without a lost answer: the look tells only whether the service wants the ETag without quotes.
                var verdict =
                    lost ? LostWrite.Judge(condition, mark!, found)
                    : LostWrite.Holds(condition, found) ? WriteVerdict.NotYet
                    : WriteVerdict.Conflict;
                switch (verdict)
                {
                    case WriteVerdict.Happened:
                        return WriteOutcome.Written(found!.Version);
                    case WriteVerdict.NotYet when !refused:
                        throw Wrap(key, e);
                    case WriteVerdict.NotYet when condition.Kind is WriteConditionKind.IfMatch && !unquoted:
                        unquoted = true;
                        continue;
                    case WriteVerdict.NotYet or WriteVerdict.Conflict when condition.Kind is not WriteConditionKind.Any:
                    case WriteVerdict.Unknown when S3Failure.IsLostRace(failure!):
                        return WriteOutcome.Conflict;
                    default:
                        throw LostWrite.Unknown("write", bucket.PathOf(key), S3Failure.Describe(failure!), failure);
                }
            }
        }
    }

    private void Learn(bool unquoted)
    {
        _unquoted = unquoted;
        _quotingKnown = true;
    }

    /// <summary>
    /// Whether the answer says that the condition does not hold; or that an upload is gone, which an earlier try may have completed.
    /// </summary>
    private static bool IsRefusal(Exception exception, WriteCondition condition, bool lost) =>
        exception is AmazonS3Exception e
        && e.StatusCode switch
        {
            HttpStatusCode.PreconditionFailed => true,
            HttpStatusCode.NotFound when e.ErrorCode is "NoSuchKey" => condition.Kind is WriteConditionKind.IfMatch,
            HttpStatusCode.NotFound when e.ErrorCode is "NoSuchUpload" => lost,
            _ => false,
        };

    private StoreException Wrap(string key, Exception e) => bucket.Wrap("write", key, "s3:PutObject", e);

    private async ValueTask<MarkedObject?> LookAsync(string key, Exception failure, CancellationToken cancellationToken)
    {
        var request = new GetObjectMetadataRequest { BucketName = bucket.Name, Key = key };
        try
        {
            return await LostWrite
                .LookAsync(
                    async limited =>
                    {
                        var head = await bucket
                            .SendAsync((client, token) => client.GetObjectMetadataAsync(request, token), limited)
                            .ConfigureAwait(false);
                        return new MarkedObject(S3ETag.ToVersion(head.ETag), WriteMark.Parse(head.Metadata[WriteMark.Name]));
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
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
}
