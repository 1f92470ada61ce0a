using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Objects;
using Kops.Vfs.Oss.Setup;
using Kops.Vfs.Oss.Writing;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Oss;

/// <summary>A bucket of Alibaba Cloud's object storage.</summary>
/// <remarks>
/// OSS cannot check with a write that an object is unchanged, and that it is absent only in buckets without versioning. This driver checks
/// before
/// it writes, which <see cref="Layers.Lock.LockLayer"/> makes safe; <see cref="OssStores"/> opens both together. The driver tries again by
/// itself.
/// </remarks>
public sealed class OssStoreDriver : IStoreDriver, ICopySource, IBatchDelete, IVersionedStore, IBucketAdmin, ITracedStore
{
    private readonly OssBucket _bucket;
    private readonly OssReader _reader;
    private readonly OssWriter _writer;
    private readonly OssDeletion _deletion;
    private readonly OssListing _listing;
    private readonly OssVersions _versions;

    /// <summary>Creates the driver. Nothing is sent before it is used.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="address">What users write for it, for example <c>oss://bucket</c>.</param>
    /// <param name="options">The service and the access to it.</param>
    /// <param name="clock">The time.</param>
    public OssStoreDriver(string bucket, string address, OssOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _bucket = new OssBucket(bucket, address, options, clock);
        _reader = new OssReader(_bucket);
        _writer = new OssWriter(_bucket);
        _deletion = new OssDeletion(_bucket);
        _listing = new OssListing(_bucket);
        _versions = new OssVersions(_bucket, _deletion);
        Capabilities = new StoreCapabilities
        {
            KeepsMarks = true,
            VersionsNameWrites = true,
            ClusterReadable = true,
            MaxKeyBytes = OssBucket.MaxKeyBytes,
            MaxObjectBytes = (long)options.PartSize * OssMultipart.MaxParts,
        };
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        (await _bucket.FindAsync("read", key, cancellationToken).ConfigureAwait(false))?.Info;

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        _reader.OpenAsync(key, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return _writer.PutAsync(key, body, condition, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken) =>
        condition.Kind is WriteConditionKind.IfAbsent
            ? throw new ArgumentException("a delete cannot ask for absence", nameof(condition))
            : _deletion.DeleteAsync(key, condition, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken) =>
        _listing.ListAsync(prefix, depth, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome?> CopyAsync(
        string source,
        string target,
        WriteCondition condition,
        CancellationToken cancellationToken
    ) => _writer.CopyAsync(source, target, condition, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _deletion.DeleteManyAsync(
            [.. keys.Where(key => OssBucket.Validate(key) is null).Select(key => (key, (string?)null))],
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, CancellationToken cancellationToken) =>
        _versions.ListAsync(key, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        _reader.OpenAsync(key, versionId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken) =>
        _versions.DeleteAllAsync(key, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<BucketSetting> Settings(BucketWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        return new OssSetup(_bucket, wishes).Settings;
    }

    /// <inheritdoc/>
    public void Trace(Action<RequestTry> tell) => _bucket.Connection.Trace(tell);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _bucket.Dispose();
        return ValueTask.CompletedTask;
    }
}
