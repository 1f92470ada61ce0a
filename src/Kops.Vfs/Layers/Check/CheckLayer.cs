using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;

namespace Kops.Vfs.Layers.Check;

/// <summary>
/// Trusts no server: content must have the length and the MD5 that the store gave for it, and a conditional write goes out only when a
/// probe has shown that the server honours conditions. Where it does not, writes are guarded by a lock (<see cref="CheckOptions.Guard"/>),
/// or refused.
/// </summary>
internal sealed class CheckLayer(IStoreDriver inner, string address, CheckOptions options, TimeProvider clock) : StoreLayer(inner)
{
    private readonly SemaphoreSlim _probing = new(1);
    private bool _probed;
    private volatile LockLayer? _guarded;

    /// <inheritdoc/>
    public override StoreCapabilities Capabilities => Writer.Capabilities;

    private IStoreDriver Writer => _guarded ?? Inner;

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var reader = await Inner.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        return reader is null ? null : new ObjectReader(reader.Info, new CheckedStream(reader, ObjectKey.Join(address, key)));
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (condition.Kind is not WriteConditionKind.Any)
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await Writer.PutAsync(key, body, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is not WriteConditionKind.Any)
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await Writer.DeleteAsync(key, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        if (condition.Kind is not WriteConditionKind.Any)
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return _guarded is { } guarded
            ? await guarded.CopyAsync(source, target, condition, cancellationToken).ConfigureAwait(false)
            : await base.CopyAsync(source, target, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) => _guarded is { } guarded ? guarded.DeleteBatchAsync(keys, cancellationToken) : base.DeleteBatchAsync(keys, cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var entry in Inner.ListAsync(prefix, depth, cancellationToken).ConfigureAwait(false))
        {
            if (options.Guard is null || !LockLayer.IsOwn(entry.Key))
                yield return entry;
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
        if (condition.Kind is not WriteConditionKind.Any)
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await base.CopyFromAsync(from, source, target, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken)
    {
        var reader = await base.OpenVersionAsync(key, versionId, cancellationToken).ConfigureAwait(false);
        return reader is null ? null : new ObjectReader(reader.Info, new CheckedStream(reader, ObjectKey.Join(address, key)));
    }

    /// <inheritdoc/>
    protected override async ValueTask CloseAsync()
    {
        // The lock is given back before the driver is closed.
        if (_guarded is { } guarded)
            await guarded.DisposeAsync().ConfigureAwait(false);
        else
            await base.CloseAsync().ConfigureAwait(false);
        _probing.Dispose();
    }

    private async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _probed))
            return;
        await _probing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_probed)
                return;
            if (await FindIgnoredAsync(cancellationToken).ConfigureAwait(false) is { } ignored)
            {
                if (options.Guard is not { } guard)
                {
                    throw new StoreException(
                        StoreErrorKind.Unsupported,
                        "write",
                        address,
                        $"its server ignores {ignored}, so that two writers could destroy each other's work unseen; keep the state in "
                            + $"another store, or have the service upgraded"
                    );
                }

                _guarded = new LockLayer(new LookLayer(Inner, clock), address, guard, clock);
            }

            Volatile.Write(ref _probed, true);
        }
        finally
        {
            _probing.Release();
        }
    }

    /// <returns>The condition that the server ignores, in words; null when it honours all that its driver promises.</returns>
    private async ValueTask<string?> FindIgnoredAsync(CancellationToken cancellationToken)
    {
        if (Inner.Capabilities is not { ConditionalCreate: true, ConditionalReplace: true })
            return "conditions, as was said of it";
        if (options.ProbePrefix is not { } prefix || options.IsKnown?.Invoke() == true)
            return null;
        var ignored = await ConditionProbe.RunAsync(Inner, prefix, cancellationToken).ConfigureAwait(false);
        if (ignored is null)
            options.Remember?.Invoke();
        return ignored;
    }
}
