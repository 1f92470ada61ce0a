namespace Kops.Vfs.Layers.Check;

/// <summary>
/// Trusts no server: content must have the length and the MD5 that the store gave for it, and a conditional write goes out only when a
/// probe has shown that the server honours conditions.
/// </summary>
public sealed class CheckLayer(IStoreDriver inner, string address, CheckOptions options) : StoreLayer(inner)
{
    private readonly SemaphoreSlim _probing = new(1);
    private bool _probed = options.ProbePrefix is null;

    /// <inheritdoc/>
    public override async ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        var reader = await Inner.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
        return reader is null ? null : new ObjectReader(reader.Info, new CheckedStream(reader, ObjectKey.Join(address, key)));
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> PutAsync(
        string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is not WriteConditionKind.Any) await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.PutAsync(key, body, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is not WriteConditionKind.Any) await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await Inner.DeleteAsync(key, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome?> CopyAsync(
        string source, string target, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is not WriteConditionKind.Any) await ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await base.CopyAsync(source, target, condition, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from, ObjectInfo source, string target, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is not WriteConditionKind.Any) await ProbeAsync(cancellationToken).ConfigureAwait(false);
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
        await base.CloseAsync().ConfigureAwait(false);
        _probing.Dispose();
    }

    private async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _probed)) return;
        await _probing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_probed) return;
            if (await ConditionProbe.RunAsync(Inner, options.ProbePrefix!, cancellationToken).ConfigureAwait(false) is { } ignored)
            {
                throw new StoreException(
                    StoreErrorKind.Unsupported, "write", address,
                    $"its server ignores {ignored}, so that two writers could destroy each other's work unseen; keep the state in another store, or have the service upgraded");
            }

            Volatile.Write(ref _probed, true);
        }
        finally
        {
            _probing.Release();
        }
    }
}
