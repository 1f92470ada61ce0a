using System.Runtime.CompilerServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Objects;
using Kops.Vfs.Gcs.Setup;
using Kops.Vfs.Gcs.Writing;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Setup;

namespace Kops.Vfs.Gcs;

/// <summary>A bucket of Google Cloud Storage, over its JSON API.</summary>
/// <remarks>Versions are generations. The driver tries again by itself
/// (<see cref="NetworkOptions.MaxRetries"/>).</remarks>
public sealed class GcsStoreDriver : IStoreDriver, ICopySource, IVersionedStore, IBucketAdmin, ITracedStore
{
    private readonly GcsBucket _bucket;
    private readonly GcsReader _reader;
    private readonly GcsWriter _writer;
    private readonly GcsDeletion _deletion;
    private readonly GcsListing _listing;

    /// <summary>Creates the driver. Nothing is sent before it is used.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="address">What users write for it, for example <c>gs://bucket</c>.</param>
    /// <param name="options">The service and the access to it.</param>
    /// <param name="clock">The time.</param>
    public GcsStoreDriver(string bucket, string address, GcsOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ChunkSize <= 0 || options.ChunkSize % (256 * 1024) != 0)
            throw new ArgumentException("chunks are multiples of 256 KiB", nameof(options));
        _bucket = new GcsBucket(bucket, address, options, clock);
        _reader = new GcsReader(_bucket);
        _writer = new GcsWriter(_bucket);
        _deletion = new GcsDeletion(_bucket);
        _listing = new GcsListing(_bucket);
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities { get; } =
        new()
        {
            ConditionalCreate = true,
            ConditionalReplace = true,
            ConditionalDelete = true,
            VersionsNameWrites = true,
            ClusterReadable = true,
            MaxKeyBytes = 1024,
            MaxObjectBytes = 5L << 40,
            ForbiddenCharacters = "\r\n",
        };

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken) =>
        (await _bucket.FindAsync("read", key, cancellationToken).ConfigureAwait(false))?.Info;

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
    /// <remarks>A deletion leaves no version of its own: the newest one just is not current.</remarks>
    public async IAsyncEnumerable<StoredVersion> ListVersionsAsync(string key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var version in await _listing.VersionsAsync(key, cancellationToken).ConfigureAwait(false))
            yield return new StoredVersion(version.Generation, version.Deleted is null, version.Info.LastModified, version.Info);
    }

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenVersionAsync(string key, string versionId, CancellationToken cancellationToken) =>
        _reader.OpenAsync(key, versionId, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAllVersionsAsync(string key, CancellationToken cancellationToken)
    {
        var versions = await _listing.VersionsAsync(key, cancellationToken).ConfigureAwait(false);
        foreach (var version in versions)
            await _deletion.DeleteGenerationAsync(key, version.Generation, cancellationToken).ConfigureAwait(false);
        return versions.Count;
    }

    /// <inheritdoc/>
    public IReadOnlyList<BucketSetting> Settings(BucketWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        return new GcsSetup(_bucket, wishes).Settings;
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
