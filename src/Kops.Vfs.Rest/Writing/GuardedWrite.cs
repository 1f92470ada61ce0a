using System.Net.Http;
using System.Runtime.ExceptionServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Writing;

/// <summary>
/// Sends writes and deletes that the server does not guard: after a lost answer they are sent again only when a look has shown that they
/// have not happened and that their condition still holds.
/// </summary>
/// <param name="store">Looks objects up.</param>
/// <param name="connection">Sends requests.</param>
/// <param name="errors">Explains failures.</param>
/// <param name="permission">The right to write, in the service's terms.</param>
public sealed class GuardedWrite(IGuardedStore store, RestConnection connection, RestErrors errors, string permission = "")
{
    /// <summary>Sends a write until there is an answer, or doubt.</summary>
    /// <param name="key">The object.</param>
    /// <param name="request">The write.</param>
    /// <param name="condition">Its condition.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="sourceError">What the body's source threw: that is not the network's fault.</param>
    public ValueTask<RestAnswer> SendAsync(
        string key,
        RestRequest request,
        WriteCondition condition,
        WriteMark mark,
        CancellationToken cancellationToken,
        Func<Exception?>? sourceError = null
    )
    {
        var write = Failed("write", key, condition, mark, default);
        return SendAsync(
            request,
            async (lost, token) =>
            {
                if (condition.Kind is WriteConditionKind.Any)
                    return null;
                var (found, failure) = await store.TryFindAsync(key, token).ConfigureAwait(false);
                if (failure is not null)
                    return new RestAnswer(null, failure);
                return write.Judge(found) is WriteVerdict.NotYet ? null : new RestAnswer(null, lost with { IsTransient = false });
            },
            cancellationToken,
            sourceError
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
        RestAnswer answer,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(mark);
        using (answer)
        {
            return answer.Response is not null
                ? WriteOutcome.Written(new ObjectVersion(mark.Id))
                : await Failed(operation, key, condition, mark, answer).SettleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes what was seen.</summary>
    /// <param name="key">The object.</param>
    /// <param name="seen">The version of it that was seen.</param>
    /// <param name="request">The delete.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, which the caller disposes; neither answer nor failure where a look has shown that it is gone.</returns>
    /// <exception cref="StoreException">It cannot be told whether it happened.</exception>
    public ValueTask<RestAnswer> DeleteAsync(string key, ObjectVersion seen, RestRequest request, CancellationToken cancellationToken)
    {
        var delete = Failed("delete", key, WriteCondition.IfMatch(seen), null, default);
        return SendAsync(
            request,
            async (lost, token) =>
            {
                var (found, failure) = await store.TryFindAsync(key, token).ConfigureAwait(false);
                if (failure is not null)
                    return new RestAnswer(null, failure);
                if (found is null)
                    return default(RestAnswer);
                return found.Version == seen ? null : throw (delete with { Lost = lost.Describe(), LostBy = lost.Cause }).Unknown();
            },
            cancellationToken
        );
    }

    private ValueTask<RestAnswer> SendAsync(
        RestRequest request,
        Func<RestFailure, CancellationToken, ValueTask<RestAnswer?>> look,
        CancellationToken cancellationToken,
        Func<Exception?>? sourceError = null
    )
    {
        RestFailure? lost = null;
        return connection.Retry.RunAsync(
            async token =>
            {
                if (lost is not null && await look(lost, token).ConfigureAwait(false) is { } settled)
                    return settled;
                try
                {
                    var answer = await connection.TryAsync(request, token).ConfigureAwait(false);
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

    /// <remarks>An unconditional write may be done twice, so that it was sent again is no matter.</remarks>
    private FailedWrite Failed(string operation, string key, WriteCondition condition, WriteMark? mark, RestAnswer answer) =>
        FailedWrite.Of(
            errors,
            operation,
            key,
            condition,
            condition.Kind is WriteConditionKind.Any ? null : mark,
            answer,
            permission,
            token => store.FindAsync(operation, key, token)
        );
}
