using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Limit;

/// <summary>
/// Lets a number of requests through at a time. A place is held for the request, not while its content is consumed: a copy reads and
/// writes at once, and could otherwise wait for itself.
/// </summary>
internal sealed class LimitLayer : StoreLayer
{
    private readonly SemaphoreSlim _places;

    /// <summary>Wraps a driver.</summary>
    /// <param name="inner">The driver.</param>
    /// <param name="maxConcurrency">Requests at a time, one or more.</param>
    public LimitLayer(IStoreDriver inner, int maxConcurrency)
        : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxConcurrency);
        _places = new SemaphoreSlim(maxConcurrency);
    }

    /// <inheritdoc/>
    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(() => Inner.StatAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(() => Inner.OpenReadAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => RunAsync(() => Inner.PutAsync(key, body, condition, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        RunAsync(() => Inner.DeleteAsync(key, condition, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => RunAsync(() => base.CopyAsync(source, target, condition, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => RunAsync(() => base.CopyFromAsync(from, source, target, condition, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => RunAsync(() => base.DeleteBatchAsync(keys, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        RunAsync(() => base.OpenVersionAsync(key, versionId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        RunAsync(() => base.DeleteAllVersionsAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        RowsAsync(base.ListVersionsAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public override IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        RowsAsync(Inner.ListAsync(prefix, depth, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<T> RowsAsync<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = source.GetAsyncEnumerator(cancellationToken);
        await using (rows.ConfigureAwait(false))
        {
            while (await RunAsync(rows.MoveNextAsync, cancellationToken).ConfigureAwait(false))
                yield return rows.Current;
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask CloseAsync()
    {
        await base.CloseAsync().ConfigureAwait(false);
        _places.Dispose();
    }

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> request, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await request().ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }
}
