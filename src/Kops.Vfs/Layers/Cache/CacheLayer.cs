using System.Collections.Concurrent;

namespace Kops.Vfs.Layers.Cache;

/// <summary>
/// Keeps small objects that were read, so that one command reads nothing twice and sees one state of each object. What others write
/// meanwhile shows as a conflict when it is written over, and a conflict makes the next read a fresh one.
/// </summary>
public sealed class CacheLayer(IStoreDriver inner) : StoreLayer(inner)
{
    private const long MaxBytes = 1 << 20;

    private readonly ConcurrentDictionary<string, ObjectContent?> _kept = new(StringComparer.Ordinal);
    private long _writes;

    /// <inheritdoc/>
    public override ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        _kept.TryGetValue(key, out var content) ? ValueTask.FromResult(content?.Info) : Inner.StatAsync(key, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_kept.TryGetValue(key, out var content))
        {
            var writes = Interlocked.Read(ref _writes);
            var reader = await Inner.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (reader is { Info.Size: > MaxBytes })
                return reader;
            content = reader is null ? null : await ObjectContent.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
            _kept[key] = content;
            // A write that came between may have made this old; the order of the two lines sees each of them.
            if (Interlocked.Read(ref _writes) != writes)
                _kept.TryRemove(key, out _);
        }

        return content is null ? null : new ObjectReader(content.Info, new ReadOnlyMemoryStream(content.Bytes));
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Inner.PutAsync(key, body, condition, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(key);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.DeleteAsync(key, condition, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(key);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.CopyAsync(source, target, condition, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(target);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.CopyFromAsync(from, source, target, condition, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(target);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(keys);
        try
        {
            return await base.DeleteBatchAsync(keys, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var key in keys)
                Forget(key);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await base.DeleteAllVersionsAsync(key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(key);
        }
    }

    private void Forget(string key)
    {
        Interlocked.Increment(ref _writes);
        _kept.TryRemove(key, out _);
    }
}
