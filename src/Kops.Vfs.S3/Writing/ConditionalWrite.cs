using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Writing;
using Kops.Vfs.S3.Objects;
using Kops.Vfs.S3.Transport;

namespace Kops.Vfs.S3.Writing;

/// <summary>Sends a write with its condition, and finds out how it ended when the answer does not say.</summary>
internal sealed class ConditionalWrite(S3Container bucket)
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
            catch (Exception e) when (!S3Container.IsCancelled(e, cancellationToken))
            {
                var failed = Failed(key, condition, mark, e);
                if (!failed.IsRefused || condition.Kind is not WriteConditionKind.IfMatch)
                    return await failed.SettleAsync(cancellationToken).ConfigureAwait(false);
                if (failed.Lost is null && _quotingKnown && unquoted != _unquoted)
                {
                    // Another write found out meanwhile how the service wants it: this refusal says nothing.
                    unquoted = _unquoted;
                    continue;
                }

                if (unquoted || (failed.Lost is null && _quotingKnown))
                    return await failed.SettleAsync(cancellationToken).ConfigureAwait(false);
                // The look tells whether the service wants the ETag without quotes.
                var found = await failed.LookAsync(cancellationToken).ConfigureAwait(false);
                if (failed.Judge(found) is var verdict and not WriteVerdict.NotYet)
                    return failed.Conclude(verdict, found);
                unquoted = true;
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

    private FailedWrite Failed(string key, WriteCondition condition, WriteMark? mark, Exception e)
    {
        var lost = mark is null ? null : S3Failure.LostAnswer(e);
        return new FailedWrite("write", bucket.PathOf(key), condition, mark)
        {
            IsRefused = IsRefusal(e, condition, lost is not null),
            Lost = lost is null ? null : S3Failure.Describe(lost),
            LostBy = lost,
            UnknownIsConflict = lost is not null && S3Failure.IsLostRace(lost),
            Look = token => bucket.FindAsync(key, token),
            Explain = () => bucket.Wrap("write", key, "s3:PutObject", e),
        };
    }
}
