using System.Net.Http;
using System.Runtime.ExceptionServices;
using Kops.Vfs.Swift.Transport;
using Kops.Vfs.Writing;

namespace Kops.Vfs.Swift.Writing;

/// <summary>
/// Sends a write that the server does not guard: after a lost answer it is sent again only when a look has shown that it has not happened
/// and that its condition still holds.
/// </summary>
internal sealed class GuardedWrite(SwiftContainer container)
{
    /// <summary>A PUT that leaves its mark.</summary>
    internal SwiftRequest Put(
        string key, WriteMark mark, WriteCondition condition, Func<CancellationToken, ValueTask<HttpContent>>? body, params ReadOnlySpan<(string Name, string Value)> headers) =>
        new(HttpMethod.Put, container.PathTo(key))
        {
            Body = body ?? (_ => ValueTask.FromResult<HttpContent>(new ByteArrayContent([]))),
            Headers =
            [
                (SwiftObject.MarkHeader, mark.Text),
                ("Content-Type", "application/octet-stream"),
                // Not atomic, but it narrows the gap.
                .. condition.Kind is WriteConditionKind.IfAbsent ? [("If-None-Match", "*")] : Array.Empty<(string, string)>(),
                .. headers,
            ],
        };

    /// <summary>Sends until there is an answer, or doubt.</summary>
    /// <param name="key">The object.</param>
    /// <param name="request">The write.</param>
    /// <param name="condition">Its condition.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="sourceError">What the body's source threw: that is not the network's fault.</param>
    internal ValueTask<SwiftAnswer> SendAsync(
        string key, SwiftRequest request, WriteCondition condition, WriteMark mark, CancellationToken cancellationToken, Func<Exception?>? sourceError = null)
    {
        SwiftFailure? lost = null;
        return container.Connection.Retry.RunAsync(
            async token =>
            {
                if (lost is not null && condition.Kind is not WriteConditionKind.Any)
                {
                    var (found, failure) = await container.TryFindAsync(key, token).ConfigureAwait(false);
                    if (failure is not null) return new SwiftAnswer(null, failure);
                    if (LostWrite.Judge(condition, mark, found?.Marked) is not WriteVerdict.NotYet) return new SwiftAnswer(null, lost with { IsTransient = false });
                }

                try
                {
                    var answer = await container.Connection.TryAsync(request, token).ConfigureAwait(false);
                    if (answer.Failure is not null && sourceError?.Invoke() is { } error) ExceptionDispatchInfo.Throw(error);
                    if (answer.Failure is { IsTransient: true, MayHaveHappened: true } failed) lost = failed;
                    return answer;
                }
                catch (HttpRequestException) when (sourceError?.Invoke() is { } error)
                {
                    ExceptionDispatchInfo.Throw(error);
                    throw;
                }
            },
            cancellationToken);
    }

    /// <summary>Says how a write ended, and finds it out when the answer does not say.</summary>
    internal async ValueTask<WriteOutcome> SettleAsync(
        string operation, string key, WriteCondition condition, WriteMark mark, SwiftAnswer answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            if (answer.Response is not null) return WriteOutcome.Written(new ObjectVersion(mark.Id));
            var failure = answer.Failure!;
            if (condition.Kind is WriteConditionKind.Any || (answer.Lost is null && !failure.IsRefusal)) throw container.Errors.Wrap(operation, key, failure);
            if (answer.Lost is not { } lost) return WriteOutcome.Conflict;
            return await LookAsync().ConfigureAwait(false) switch
            {
                WriteVerdict.Happened => WriteOutcome.Written(new ObjectVersion(mark.Id)),
                // It may be tried later; unless it was refused, which says that somebody was there in between.
                WriteVerdict.NotYet => failure.IsRefusal ? WriteOutcome.Conflict : throw container.Errors.Wrap(operation, key, lost),
                WriteVerdict.Conflict => WriteOutcome.Conflict,
                _ => throw LostWrite.Unknown(operation, container.Errors.PathOf(key), lost.Describe(), lost.Cause),
            };

            async ValueTask<WriteVerdict> LookAsync()
            {
                try
                {
                    var found = await LostWrite.LookAsync(
                        async token => (await container.FindAsync(operation, key, token).ConfigureAwait(false))?.Marked, cancellationToken).ConfigureAwait(false);
                    return LostWrite.Judge(condition, mark, found);
                }
                catch (Exception e) when (e is StoreException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                {
                    throw container.Errors.Wrap(operation, key, lost);
                }
            }
        }
    }
}
