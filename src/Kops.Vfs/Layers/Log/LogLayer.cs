using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Log;

/// <summary>Tells of each request when it is over, and an observer when it begins too.</summary>
/// <param name="inner">The driver.</param>
/// <param name="address">The store's address.</param>
/// <param name="observer">Who is told.</param>
/// <param name="clock">The time.</param>
internal sealed class LogLayer(IStoreDriver inner, string address, IStoreObserver observer, TimeProvider clock) : StoreLayer(inner)
{
    /// <summary>Wraps a driver whose requests are told when they are over.</summary>
    public LogLayer(IStoreDriver inner, string address, Action<StoreRequest> log, TimeProvider clock)
        : this(inner, address, new Listener(log), clock) { }

    /// <inheritdoc/>
    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        RunAsync("stat", key, () => Inner.StatAsync(key, cancellationToken), info => (info is null ? "absent" : "ok", info?.Size));

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(
            "read",
            key,
            () => Inner.OpenReadAsync(key, cancellationToken),
            reader => (reader is null ? "absent" : "ok", reader?.Info.Size)
        );

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => RunAsync("put", key, () => Inner.PutAsync(key, body, condition, cancellationToken), outcome => (Word(outcome), body.Length));

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("delete", key, () => Inner.DeleteAsync(key, condition, cancellationToken), outcome => (Word(outcome), null));

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        Inner.As<ICopySource>() is not null
            ? RunAsync(
                "copy",
                target,
                () => base.CopyAsync(source, target, condition, cancellationToken),
                outcome => (outcome is { } o ? Word(o) : "absent", null)
            )
            : base.CopyAsync(source, target, condition, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            "copy",
            target,
            () => base.CopyFromAsync(from, source, target, condition, cancellationToken),
            outcome => (outcome is { } o ? Word(o) : "streamed", outcome is null ? null : source.Size)
        );

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            "delete",
            keys is [var first, ..] ? first : string.Empty,
            () => base.DeleteBatchAsync(keys, cancellationToken),
            failures => (failures.Count == 0 ? $"{keys.Count} ok" : $"{keys.Count - failures.Count} ok, {failures.Count} failed", null)
        );

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        RunAsync(
            "read",
            key,
            () => base.OpenVersionAsync(key, versionId, cancellationToken),
            reader => (reader is null ? "absent" : "ok", reader?.Info.Size)
        );

    /// <inheritdoc/>
    public override ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        RunAsync("delete", key, () => base.DeleteAllVersionsAsync(key, cancellationToken), count => ($"{count} versions", null));

    /// <inheritdoc/>
    public override IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        RowsAsync("versions", key, base.ListVersionsAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        RowsAsync("list", prefix, Inner.ListAsync(prefix, depth, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<T> RowsAsync<T>(
        string operation,
        string key,
        IAsyncEnumerable<T> source,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var start = clock.GetTimestamp();
        var began = Begin(operation, key);
        long count = 0;
        Exception? failure = null;
        var rows = source.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await rows.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (Exception e)
                {
                    failure = e;
                    throw;
                }

                count++;
                yield return rows.Current;
            }
        }
        finally
        {
            // Whoever has seen enough of a listing ends it early.
            await rows.DisposeAsync().ConfigureAwait(false);
            Write(
                operation,
                key,
                failure is null ? "ok"
                    : failure is OperationCanceledException ? "cancelled"
                    : "failed",
                count,
                start,
                failure,
                began
            );
        }
    }

    private static string Word(WriteOutcome outcome) =>
        outcome.Result switch
        {
            WriteResult.Conflict => "conflict",
            WriteResult.Absent => "absent",
            _ => "ok",
        };

    private async ValueTask<T> RunAsync<T>(
        string operation,
        string key,
        Func<ValueTask<T>> request,
        Func<T, (string Outcome, long? Count)> describe
    )
    {
        var start = clock.GetTimestamp();
        var began = Begin(operation, key);
        try
        {
            var result = await request().ConfigureAwait(false);
            var (outcome, count) = describe(result);
            Write(operation, key, outcome, count, start, null, began);
            return result;
        }
        catch (Exception e)
        {
            Write(operation, key, e is OperationCanceledException ? "cancelled" : "failed", null, start, e, began);
            throw;
        }
    }

    private object? Begin(string operation, string key) =>
        observer is Listener ? null : observer.Began(operation, ObjectKey.Join(address, key));

    private void Write(string operation, string key, string outcome, long? count, long start, Exception? error, object? began) =>
        observer.Ended(
            began,
            new StoreRequest(operation, ObjectKey.Join(address, key), outcome, count, clock.GetElapsedTime(start), error)
        );

    private sealed class Listener(Action<StoreRequest> log) : IStoreObserver
    {
        public object? Began(string operation, string path) => null;

        public void Ended(object? began, StoreRequest request) => log(request);
    }
}
