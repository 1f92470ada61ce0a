using System.Runtime.CompilerServices;

namespace Kops.Vfs.Layers.Log;

/// <summary>Tells of each request when it is over.</summary>
public sealed class LogLayer(IStoreDriver inner, string address, Action<StoreRequest> log, TimeProvider clock) : StoreLayer(inner)
{
    /// <inheritdoc/>
    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        RunAsync("stat", key, () => Inner.StatAsync(key, cancellationToken), info => (info is null ? "absent" : "ok", info?.Size));

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        RunAsync("read", key, () => Inner.OpenReadAsync(key, cancellationToken), reader => (reader is null ? "absent" : "ok", reader?.Info.Size));

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("put", key, () => Inner.PutAsync(key, body, condition, cancellationToken), outcome => (Word(outcome), body.Length));

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync("delete", key, () => Inner.DeleteAsync(key, condition, cancellationToken), outcome => (Word(outcome), null));

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyAsync(string source, string target, WriteCondition condition, CancellationToken cancellationToken) =>
        Inner is ICopySource
            ? RunAsync(
                "copy", target, () => base.CopyAsync(source, target, condition, cancellationToken), outcome => (outcome is { } o ? Word(o) : "absent", null))
            : base.CopyAsync(source, target, condition, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix, ListDepth depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        long count = 0;
        var rows = Inner.ListAsync(prefix, depth, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (rows.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await rows.MoveNextAsync().ConfigureAwait(false)) break;
                }
                catch (Exception e)
                {
                    Write("list", prefix, e is OperationCanceledException ? "cancelled" : "failed", count, start, e);
                    throw;
                }

                count++;
                yield return rows.Current;
            }
        }

        Write("list", prefix, "ok", count, start, null);
    }

    private static string Word(WriteOutcome outcome) => outcome.Result switch
    {
        WriteResult.Conflict => "conflict",
        WriteResult.Absent => "absent",
        _ => "ok",
    };

    private async ValueTask<T> RunAsync<T>(string operation, string key, Func<ValueTask<T>> request, Func<T, (string Outcome, long? Count)> describe)
    {
        var start = clock.GetTimestamp();
        try
        {
            var result = await request().ConfigureAwait(false);
            var (outcome, count) = describe(result);
            Write(operation, key, outcome, count, start, null);
            return result;
        }
        catch (Exception e)
        {
            Write(operation, key, e is OperationCanceledException ? "cancelled" : "failed", null, start, e);
            throw;
        }
    }

    private void Write(string operation, string key, string outcome, long? count, long start, Exception? error) =>
        log(new StoreRequest(operation, ObjectKey.Join(address, key), outcome, count, clock.GetElapsedTime(start), error));
}
