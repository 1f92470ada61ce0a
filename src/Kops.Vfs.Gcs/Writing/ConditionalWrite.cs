using Kops.Vfs.Gcs.Transport;

namespace Kops.Vfs.Gcs.Writing;

/// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
internal sealed class ConditionalWrite(GcsBucket bucket)
{
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(10);

    /// <param name="key">The object that was written.</param>
    /// <param name="condition">What it was conditioned on.</param>
    /// <param name="mark">The mark that it left; null for an unconditional write.</param>
    /// <param name="answer">What came of it. Disposed here.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    internal async ValueTask<WriteOutcome> SettleAsync(
        string key, WriteCondition condition, WriteId? mark, GcsAnswer answer, CancellationToken cancellationToken)
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
            if (condition.Kind is WriteConditionKind.Any && lost is null) throw Wrap(key, failure);
            if (lost is null) return refused ? WriteOutcome.Conflict : throw Wrap(key, failure);

            var found = await LookAsync(key, failure, cancellationToken).ConfigureAwait(false);
            if (found?.Mark?.Id == mark!.Id) return WriteOutcome.Written(found.Info.Version!.Value);
            // It has not happened so far, and may be tried later.
            if (condition.Kind is WriteConditionKind.Any || (Holds(condition, found) && !failure.IsRefusal)) throw Wrap(key, failure);
            // Where another write stands that was made on what ours was to be made on, ours has not happened.
            if (Holds(condition, found) || found?.Mark?.Replaced == mark.Replaced) return WriteOutcome.Conflict;
            throw Unknown("write", key, lost);
        }
    }

    internal StoreException Unknown(string operation, string key, GcsFailure cause) => new(
        StoreErrorKind.Unavailable, operation, bucket.Errors.PathOf(key),
        $"the answer was lost ({cause.Describe()}), and the object has been changed again since: it cannot be told whether this {operation} happened; look at it before you try again",
        isTransient: false, cause.Cause);

    private static bool Holds(WriteCondition condition, GcsObject? found) =>
        condition.Kind is WriteConditionKind.IfAbsent ? found is null : found?.Info.Version == condition.Version;

    private StoreException Wrap(string key, GcsFailure failure) => bucket.Errors.Wrap("write", key, "storage.objects.create", failure);

    private async ValueTask<GcsObject?> LookAsync(string key, GcsFailure failure, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookTimeout);
        try
        {
            return await bucket.FindAsync("write", key, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Wrap(key, failure);
        }
    }
}
