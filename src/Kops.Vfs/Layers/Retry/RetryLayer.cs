using System.Runtime.CompilerServices;
using Polly;
using Polly.Retry;

namespace Kops.Vfs.Layers.Retry;

/// <summary>
/// Tries again what failed for now (<see cref="StoreException.IsTransient"/>). A conditional write whose answer was lost may have
/// happened: it is settled by looking at what the store holds, and sent again only when that shows that it has not happened.
/// </summary>
public sealed class RetryLayer : StoreLayer
{
    private readonly string _address;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Wraps a driver whose SDK does not retry.</summary>
    public RetryLayer(IStoreDriver inner, string address, RetryOptions options, TimeProvider clock)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(options);
        _address = address;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.MaxRetries,
                    Delay = options.BaseDelay,
                    MaxDelay = options.MaxDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is StoreException { IsTransient: true }),
                }
            )
            .Build();
    }

    /// <inheritdoc/>
    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(token => Inner.StatAsync(key, token), cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var reader = await RunAsync(token => Inner.OpenReadAsync(key, token), cancellationToken).ConfigureAwait(false);
        return reader is null ? null : new ObjectReader(reader.Info, new ResumingStream(reader, ReopenAsync, _pipeline));

        async ValueTask<ObjectReader> ReopenAsync(CancellationToken token)
        {
            var again = await Inner.OpenReadAsync(key, token).ConfigureAwait(false);
            if (again is not null && again.Info.Version == reader.Info.Version)
                return again;
            if (again is not null)
                await again.DisposeAsync().ConfigureAwait(false);
            throw new StoreException(
                StoreErrorKind.Replaced,
                "read",
                ObjectKey.Join(_address, key),
                "it changed while it was being read; run the command again"
            );
        }
    }

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (condition.Kind is WriteConditionKind.Any)
            return RunAsync(token => Inner.PutAsync(key, body, condition, token), cancellationToken);
        return SettleAsync(
            token => Inner.PutAsync(key, body, condition, token),
            async token =>
                await BodyComparison.FindAsync(Inner, key, body, token).ConfigureAwait(false) switch
                {
                    { Same: true, Version: { } version } => WriteOutcome.Written(version),
                    { Version: var version } when WriteCondition.Unchanged(version) == condition => null,
                    _ => WriteOutcome.Conflict,
                },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        SettleAsync(
            token => Inner.DeleteAsync(key, condition, token),
            async token =>
            {
                var info = await Inner.StatAsync(key, token).ConfigureAwait(false);
                if (info is null)
                    return WriteOutcome.Deleted;
                return condition.Kind is WriteConditionKind.Any || info.Version == condition.Version ? null : WriteOutcome.Conflict;
            },
            cancellationToken
        );

    /// <inheritdoc/>
    /// <remarks>A copy is not tried again: null makes the caller stream, which is.</remarks>
    public override async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (condition.Kind is WriteConditionKind.Any)
            return await RunAsync(token => base.CopyAsync(source, target, condition, token), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    /// <remarks>As for a copy within the store.</remarks>
    public override async ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        condition.Kind is WriteConditionKind.Any
            ? await RunAsync(token => base.CopyFromAsync(from, source, target, condition, token), cancellationToken).ConfigureAwait(false)
            : null;

    /// <inheritdoc/>
    /// <remarks>What is gone counts as deleted, so all may be asked for again.</remarks>
    public override ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => RunAsync(token => base.DeleteBatchAsync(keys, token), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        RunAsync(token => base.OpenVersionAsync(key, versionId, token), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(token => base.DeleteAllVersionsAsync(key, token), cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // A listing that broke is begun anew; its order tells which rows have been given out.
        string? last = null;
        var rows = Inner.ListAsync(prefix, depth, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await RunAsync(NextAsync, cancellationToken).ConfigureAwait(false))
            {
                last = rows.Current.Key;
                yield return rows.Current;
            }
        }
        finally
        {
            await rows.DisposeAsync().ConfigureAwait(false);
        }

        async ValueTask<bool> NextAsync(CancellationToken token)
        {
            try
            {
                while (await rows.MoveNextAsync().ConfigureAwait(false))
                {
                    if (last is null || ObjectKey.Compare(rows.Current.Key, last) > 0)
                        return true;
                }

                return false;
            }
            catch (StoreException e) when (e.IsTransient)
            {
                await rows.DisposeAsync().ConfigureAwait(false);
                rows = Inner.ListAsync(prefix, depth, cancellationToken).GetAsyncEnumerator(cancellationToken);
                throw;
            }
        }
    }

    private ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> request, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(static (run, token) => run(token), request, cancellationToken);

    /// <summary>
    /// Sends a write; after an answer was lost, asks <paramref name="settle"/> first, which gives null when the write has not happened.
    /// </summary>
    private ValueTask<WriteOutcome> SettleAsync(
        Func<CancellationToken, ValueTask<WriteOutcome>> send,
        Func<CancellationToken, ValueTask<WriteOutcome?>> settle,
        CancellationToken cancellationToken
    )
    {
        var lost = false;
        return RunAsync(
            async token =>
            {
                if (lost && await settle(token).ConfigureAwait(false) is { } settled)
                    return settled;
                try
                {
                    var outcome = await send(token).ConfigureAwait(false);
                    // The lost write can also arrive late, between the look and the second try.
                    if (!lost || outcome.Result is WriteResult.Done)
                        return outcome;
                    return await settle(token).ConfigureAwait(false) ?? outcome;
                }
                catch (StoreException e) when (e.IsTransient && e.Kind is not StoreErrorKind.Throttled)
                {
                    lost = true;
                    throw;
                }
            },
            cancellationToken
        );
    }
}
