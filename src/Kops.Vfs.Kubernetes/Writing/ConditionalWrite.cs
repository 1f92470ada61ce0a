using Kops.Vfs.Kubernetes.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Kubernetes.Writing;

/// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
internal sealed class ConditionalWrite(KubernetesNamespace space)
{
    /// <param name="key">The object that was written.</param>
    /// <param name="condition">What it was conditioned on.</param>
    /// <param name="mark">The mark that it left.</param>
    /// <param name="unconditional">Whether the write may replace another version just as well: then it is never unknown how it ended, since
    /// it can be repeated.</param>
    /// <param name="answer">What came of it. Disposed here.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    internal async ValueTask<WriteOutcome> SettleAsync(
        string key,
        WriteCondition condition,
        WriteMark mark,
        bool unconditional,
        KubeAnswer answer,
        CancellationToken cancellationToken
    )
    {
        using (answer)
        {
            if (answer.Response is { } response)
            {
                using var json = await space.ReadJsonAsync("write", key, response, cancellationToken).ConfigureAwait(false);
                return SecretObject.Read(json.RootElement) is { } written
                    ? WriteOutcome.Written(written.Info.Version!.Value)
                    : throw space.Errors.Malformed("write", key);
            }

            var failure = answer.Failure!;
            // To replace what is not there is a conflict; in a namespace that is not there it is a mistake.
            var refused =
                failure.IsConflict || (failure.IsAbsence && !failure.IsNamespaceAbsence && condition.Kind is WriteConditionKind.IfMatch);
            if (answer.Lost is null && refused && failure.IsAbsence)
                await space.RequireAsync("write", key, cancellationToken).ConfigureAwait(false);
            if (answer.Lost is null && refused)
                return WriteOutcome.Conflict;
            if (answer.Lost is not { } lost || (unconditional && !refused))
                throw Wrap(key, failure);

            var found = await LookAsync(key, failure, cancellationToken).ConfigureAwait(false);
            return LostWrite.Judge(condition, mark, found) switch
            {
                WriteVerdict.Happened => WriteOutcome.Written(found!.Version),
                // It may be tried later; unless it was refused, which says that somebody was there in between.
                WriteVerdict.NotYet => refused ? WriteOutcome.Conflict : throw Wrap(key, failure),
                WriteVerdict.Unknown when !unconditional => throw LostWrite.Unknown(
                    "write",
                    space.Errors.PathOf(key),
                    lost.Describe(),
                    lost.Cause
                ),
                _ => WriteOutcome.Conflict,
            };
        }
    }

    private StoreException Wrap(string key, KubeFailure failure) => space.Errors.Wrap("write", key, "create and update", failure);

    private async ValueTask<MarkedObject?> LookAsync(string key, KubeFailure failure, CancellationToken cancellationToken)
    {
        try
        {
            return await LostWrite
                .LookAsync(async token => (await space.FindAsync("write", key, token).ConfigureAwait(false))?.Marked, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Wrap(key, failure);
        }
    }
}
