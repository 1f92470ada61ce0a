using Kops.Vfs.Setup;

namespace Kops.Vfs.Drivers;

/// <summary>A driver around a driver. What a layer does not change, it hands on.</summary>
public abstract class StoreLayer
    : IStoreDriver,
        ICopySource,
        ICopyAcross,
        IBatchDelete,
        IVersionedStore,
        IBucketAdmin,
        IDescribedBucket,
        IRightsTrial,
        ILocalStore,
        ITracedStore
{
    /// <summary>Wraps a driver.</summary>
    protected StoreLayer(IStoreDriver inner) => Inner = inner;

    /// <inheritdoc/>
    public virtual StoreCapabilities Capabilities => Inner.Capabilities;

    /// <summary>The driver inside.</summary>
    protected IStoreDriver Inner { get; }

    /// <inheritdoc/>
    public virtual CopyPlace Place => Across.Place;

    private ICopyAcross Across =>
        Inner.As<ICopyAcross>() ?? throw new NotSupportedException("the store inside copies from no other: ask As first");

    private IVersionedStore Versions =>
        Inner.As<IVersionedStore>() ?? throw new NotSupportedException("the store inside keeps no versions: ask As first");

    /// <inheritdoc/>
    /// <remarks>A layer can do what the driver inside can.</remarks>
    public virtual TFeature? As<TFeature>()
        where TFeature : class => Inner.As<TFeature>() is null ? null : this as TFeature;

    /// <inheritdoc/>
    public virtual ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        Inner.StatAsync(key, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        Inner.OpenReadAsync(key, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => Inner.PutAsync(key, body, condition, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        Inner.DeleteAsync(key, condition, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        Inner.ListAsync(prefix, depth, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) =>
        Inner.As<ICopySource>() is { } copier
            ? copier.CopyAsync(source, target, condition, cancellationToken)
            : ValueTask.FromResult<WriteOutcome?>(null);

    /// <inheritdoc/>
    public virtual ValueTask<WriteOutcome?> CopyFromAsync(
        CopyPlace from,
        ObjectInfo source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => Across.CopyFromAsync(from, source, target, condition, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    ) =>
        Inner.As<IBatchDelete>() is { } batch
            ? batch.DeleteBatchAsync(keys, cancellationToken)
            : throw new NotSupportedException("the store inside deletes one by one: ask As first");

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        Versions.ListVersionsAsync(key, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        Versions.OpenVersionAsync(key, versionId, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        Versions.DeleteAllVersionsAsync(key, cancellationToken);

    /// <inheritdoc/>
    public virtual IReadOnlyList<BucketSetting> Settings(BucketWishes wishes) =>
        Inner.As<IBucketAdmin>() is { } admin
            ? admin.Settings(wishes)
            : throw new NotSupportedException("the store inside has no settings: ask As first");

    /// <inheritdoc/>
    public virtual ValueTask<BucketTraits> DescribeAsync(CancellationToken cancellationToken) =>
        Inner.As<IDescribedBucket>() is { } bucket
            ? bucket.DescribeAsync(cancellationToken)
            : throw new NotSupportedException("the store inside tells nothing of its bucket: ask As first");

    /// <inheritdoc/>
    public virtual IReadOnlyList<RightTrial> Trials(bool writes) => Inner.As<IRightsTrial>()?.Trials(writes) ?? [];

    /// <inheritdoc/>
    public virtual ObjectVersion Never => Inner.As<IRightsTrial>()?.Never ?? default;

    /// <inheritdoc/>
    public virtual string RealPathOf(string key) =>
        Inner.As<ILocalStore>() is { } local
            ? local.RealPathOf(key)
            : throw new NotSupportedException("the store inside is not in the file system: ask As first");

    /// <inheritdoc/>
    public virtual void Trace(Action<RequestTry> tell) => Inner.As<ITracedStore>()?.Trace(tell);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the driver inside, and what the layer holds.</summary>
    protected virtual ValueTask CloseAsync() => Inner.DisposeAsync();
}
