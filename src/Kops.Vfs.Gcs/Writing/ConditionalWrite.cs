using Kops.Vfs.Gcs.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
internal sealed class ConditionalWrite(GcsBucket bucket)
{
    /// <param name="key">The object that was written.</param>
    /// <param name="condition">What it was conditioned on.</param>
    /// <param name="mark">The mark that it left; null for an unconditional write.</param>
    /// <param name="answer">What came of it. Disposed here.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    internal async ValueTask<WriteOutcome> SettleAsync(
        string key,
        WriteCondition condition,
        WriteMark? mark,
        GcsAnswer answer,
        CancellationToken cancellationToken
    )
    {
        using (answer)
        {
            if (answer.Response is { } response)
            {
                var written = await bucket.ReadObjectAsync("write", key, response, cancellationToken).ConfigureAwait(false);
                return WriteOutcome.Written(written.Info.Version!.Value);
            }

            var failure = answer.Failure!;
            // A completed upload is gone: to an earlier try the service may have said so.
            var refused = failure.IsRefusal || (answer.Lost is not null && failure.IsAbsence);
            var lost = mark is null ? null : answer.Lost;
            if (condition.Kind is WriteConditionKind.Any && lost is null)
                throw Wrap(key, failure);
            if (lost is null)
                return refused ? WriteOutcome.Conflict : throw Wrap(key, failure);

            var found = await LookAsync(key, failure, cancellationToken).ConfigureAwait(false);
            return LostWrite.Judge(condition, mark!, found) switch
            {
                WriteVerdict.Happened => WriteOutcome.Written(found!.Version),
                // It may be tried later; unless it was refused, which says that somebody was there in between.
                WriteVerdict.NotYet => failure.IsRefusal ? WriteOutcome.Conflict : throw Wrap(key, failure),
                WriteVerdict.Conflict => WriteOutcome.Conflict,
                _ => throw LostWrite.Unknown("write", bucket.Errors.PathOf(key), lost.Describe(), lost.Cause),
            };
        }
    }

    private StoreException Wrap(string key, GcsFailure failure) => bucket.Errors.Wrap("write", key, "storage.objects.create", failure);

    private async ValueTask<MarkedObject?> LookAsync(string key, GcsFailure failure, CancellationToken cancellationToken)
    {
        try
        {
            return await LostWrite
                .LookAsync(async token => (await bucket.FindAsync("write", key, token).ConfigureAwait(false))?.Marked, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Wrap(key, failure);
        }
    }
}
