using Kops.Vfs.Drivers;
using Kops.Vfs.Layers.Lock;
using Kops.Vfs.Setup;
using Kops.Vfs.Swift.Configuration;
using Kops.Vfs.Swift.Objects;
using Kops.Vfs.Swift.Setup;
using Kops.Vfs.Swift.Writing;

namespace Kops.Vfs.Swift;

/// <summary>A container of OpenStack Swift, or of a service that speaks its API.</summary>
/// <remarks>
/// Swift cannot check a condition with a write (<c>If-None-Match: *</c> is not atomic between writers, <c>If-Match </c> is ignored). This
/// driver
/// checks before it writes, which <see cref="Layers.Lock.LockLayer"/> makes safe; <see cref="SwiftStores"/> opens both together.
/// The driver tries again by itself.
/// </remarks>
public sealed class SwiftStoreDriver : IStoreDriver, ICopySource, IBatchDelete, IVersionedStore, IBucketAdmin, ITracedStore
{
    private readonly SwiftContainer _container;
    private readonly SwiftReader _reader;
    private readonly SwiftWriter _writer;
    private readonly SwiftDeletion _deletion;
    private readonly SwiftListing _listing;
    private readonly SwiftVersions _versions;

    /// <summary>Creates the driver. Nothing is sent before it is used.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="address">What users write for it, for example <c>swift://container</c>.</param>
    /// <param name="options">The service and the access to it.</param>
    /// <param name="clock">The time.</param>
    public SwiftStoreDriver(string container, string address, SwiftOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _container = new SwiftContainer(container, address, options, clock);
        _reader = new SwiftReader(_container);
        _deletion = new SwiftDeletion(_container);
        _writer = new SwiftWriter(_container, _deletion, clock);
        _listing = new SwiftListing(_container);
        _versions = new SwiftVersions(_container, _listing, _deletion);
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } =
        new()
        {
            KeepsMarks = true,
            VersionsNameWrites = true,
            ClusterReadable = true,
            MaxKeyBytes = SwiftContainer.MaxKeyBytes,
        };

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        (await _container.FindAsync("read", key, cancellationToken).ConfigureAwait(false))?.Info;

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken) =>
        _reader.OpenAsync(key, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken) =>
        _writer.PutAsync(key, body, condition, cancellationToken);

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
    /// <remarks>Segments of large objects are not deleted with them here.</remarks>
    public ValueTask<IReadOnlyList<StoreException>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _deletion.DeleteManyAsync(
            "delete",
            _container.Name,
            [.. keys.Where(key => SwiftContainer.Validate(key) is null)],
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
        return new SwiftSetup(_container).Settings;
    }

    /// <inheritdoc/>
    public void Trace(Action<RequestTry> tell) => _container.Connection.Trace(tell);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _container.Dispose();
        return ValueTask.CompletedTask;
    }
}
