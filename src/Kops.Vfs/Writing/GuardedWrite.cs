using System.Runtime.ExceptionServices;
using Kops.Vfs.Network;

namespace Kops.Vfs.Writing;

/// <summary>
/// Sends a write that the server does not guard: after a lost answer it is sent again only when a look has shown that it has not happened
/// and that its condition still holds.
/// </summary>
public sealed class GuardedWrite(IGuardedStore store, RequestRetry<ServiceAnswer, ServiceFailure> retry)
{
    /// <summary>Sends until there is an answer, or doubt.</summary>
    /// <param name="key">The object.</param>
    /// <param name="request">Sends the write, once.</param>
    /// <param name="condition">Its condition.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="sourceError">What the body's source threw: that is not the network's fault.</param>
    public ValueTask<ServiceAnswer> SendAsync(
        string key,
        Func<CancellationToken, ValueTask<ServiceAnswer>> request,
        WriteCondition condition,
        WriteMark mark,
        CancellationToken cancellationToken,
        Func<Exception?>? sourceError = null
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(mark);
        ServiceFailure? lost = null;
        return retry.RunAsync(
            async token =>
            {
                if (lost is not null && condition.Kind is not WriteConditionKind.Any)
                {
                    var (found, failure) = await store.TryFindAsync(key, token).ConfigureAwait(false);
                    if (failure is not null)
                        return new ServiceAnswer(null, failure);
                    if (LostWrite.Judge(condition, mark, found) is not WriteVerdict.NotYet)
                        return new ServiceAnswer(null, lost with { IsTransient = false });
                }

                try
                {
                    var answer = await request(token).ConfigureAwait(false);
                    if (answer.Failure is not null && sourceError?.Invoke() is { } error)
                        ExceptionDispatchInfo.Throw(error);
                    if (answer.Failure is { IsTransient: true, MayHaveHappened: true } failed)
                        lost = failed;
                    return answer;
                }
                catch (HttpRequestException) when (sourceError?.Invoke() is { } error)
                {
                    ExceptionDispatchInfo.Throw(error);
                    throw;
                }
            },
            cancellationToken
        );
    }

    /// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
    /// <returns>The outcome; where the write happened, with the mark's id for its version.</returns>
    /// <exception cref="StoreException">It failed, or it cannot be told whether it happened.</exception>
    public async ValueTask<WriteOutcome> SettleAsync(
        string operation,
        string key,
        WriteCondition condition,
        WriteMark mark,
        ServiceAnswer answer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(mark);
        using (answer)
        {
            if (answer.Response is not null)
                return WriteOutcome.Written(new ObjectVersion(mark.Id));
            var failure = answer.Failure!;
            if (condition.Kind is WriteConditionKind.Any || (answer.Lost is null && !failure.IsRefusal))
                throw store.Wrap(operation, key, failure);
            if (answer.Lost is not { } lost)
                return WriteOutcome.Conflict;
            return await LookAsync().ConfigureAwait(false) switch
            {
                WriteVerdict.Happened => WriteOutcome.Written(new ObjectVersion(mark.Id)),
                // It may be tried later; unless it was refused, which says that somebody was there in between.
                WriteVerdict.NotYet => failure.IsRefusal ? WriteOutcome.Conflict : throw store.Wrap(operation, key, lost),
                WriteVerdict.Conflict => WriteOutcome.Conflict,
                _ => throw LostWrite.Unknown(operation, store.PathOf(key), lost.Describe(), lost.Cause),
            };

            async ValueTask<WriteVerdict> LookAsync()
            {
                try
                {
                    var found = await LostWrite
                        .LookAsync(token => store.FindAsync(operation, key, token), cancellationToken)
                        .ConfigureAwait(false);
                    return LostWrite.Judge(condition, mark, found);
                }
                catch (Exception e)
                    when (e is StoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                {
                    throw store.Wrap(operation, key, lost);
                }
            }
        }
    }
}
