using Kops.Vfs.Setup;

namespace Kops.Vfs.Drivers;

/// <summary>
/// What a store must implement: six members, and <see cref="Capabilities"/>. Everything that callers enjoy (text, read-modify-write,
/// copies, tree walks) is written
/// once on top, in <see cref="VfsPath"/>. Keys are valid by <see cref="ObjectKey"/> when they arrive here, and relative to
/// the driver's root. All members may be called at the same time from many threads.
/// </summary>
public interface IStoreDriver : IAsyncDisposable
{
    /// <summary>What this store can do. Constant for the driver's life.</summary>
    StoreCapabilities Capabilities { get; }

    /// <summary>
    /// What else this store can do: <see cref="ICopySource"/>, <see cref="IBatchDelete"/>, <see cref="IVersionedStore"/>,
    /// <see cref="Setup.IBucketAdmin"/>.
    /// </summary>
    /// <returns>Null when it cannot.</returns>
    /// <remarks> <b>Behavior. </b> Ask this, and not the driver's type: a layer has all of them, and can do what the driver inside
    /// can.</remarks>
    TFeature? As<TFeature>()
        where TFeature : class => this as TFeature;

    /// <summary>Looks an object up without its content.</summary>
    /// <remarks><b>Behavior.</b> Null when no object stands at the key. A prefix (a "directory") is not an object.</remarks>
    ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading.</summary>
    /// <remarks>
    /// <b>Behavior.</b> Null when no object stands at the key. Info and content belong to one version even while others write.
    /// The caller disposes the reader.
    /// </remarks>
    ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Writes a whole object.</summary>
    /// <remarks>
    /// <b>Behavior.</b> Atomic: readers see the old object or the new one, never a part; a cancelled or failed put leaves the old one.
    /// The condition is checked by the store with the write. <see cref="WriteCondition.IfMatch"/> on an absent key is a conflict.
    /// Parents ("directories") need not exist. Equal content written twice may or may not give equal versions
    /// (<see cref="StoreCapabilities.VersionsNameWrites"/>). Where the store keeps marks, the condition's mark is written with the object,
    /// in the same step; a write without one leaves no other's mark behind.
    /// </remarks>
    ValueTask<WriteOutcome> PutAsync(string key, ObjectBody body, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Deletes an object.</summary>
    /// <remarks>
    /// <b>Behavior.</b> Deleting what is not there succeeds with <see cref="WriteOutcome.Absent"/>, also under
    /// <see cref="WriteCondition.IfMatch"/>. <see cref="WriteCondition.IfAbsent"/> is an <see cref="ArgumentException"/>.
    /// </remarks>
    ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken);

    /// <summary>Lists below a prefix, in ordinal order of the keys' UTF-8 bytes.</summary>
    /// <param name="prefix">Empty for everything, or ending in <c>/</c>: <c>a/b/</c> never touches <c>a/bc</c>.</param>
    /// <param name="depth">Children or the whole tree.</param>
    /// <param name="cancellationToken">Stops the listing between two rows.</param>
    /// <remarks><b>Behavior.</b> A missing prefix is an empty listing. Pages are fetched as they are consumed, never all at once.</remarks>
    IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken);
}
