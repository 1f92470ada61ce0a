using System.Runtime.CompilerServices;
using System.Text;
using Kops.Vfs.Drivers;

namespace Kops.Vfs;

/// <summary>
/// A place in a store: the store's root, a prefix or an object. Everything that a user of stores enjoys is here, written once on
/// top of the driver's few members.
/// </summary>
public sealed class VfsPath : IEquatable<VfsPath>
{
    internal VfsPath(Store store, string key) => (Store, Key) = (store, key);

    /// <summary>The store that this path lies in.</summary>
    public Store Store { get; }

    /// <summary>The key below the store's root; empty for the root itself.</summary>
    public string Key { get; }

    /// <summary>The last segment of the path.</summary>
    public string Name => ToString() is var text ? text[(text.LastIndexOf('/') + 1)..] : string.Empty;

    /// <summary>The path below this one.</summary>
    /// <exception cref="StoreException">The result is not a valid key (<see cref="ObjectKey"/>).</exception>
    public VfsPath Join(params ReadOnlySpan<string> relative)
    {
        var key = Key;
        foreach (var part in relative)
            key = ObjectKey.Join(key, part);
        if (key.Length > 0 && ObjectKey.Validate(key) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, "open", $"{Store.Address}/{key}", problem);
        return new VfsPath(Store, key);
    }

    /// <summary>What stands here, without its content; null when nothing does.</summary>
    public ValueTask<ObjectInfo?> StatAsync(CancellationToken cancellationToken = default) =>
        Key.Length == 0 ? ValueTask.FromResult<ObjectInfo?>(null) : Store.Driver.StatAsync(Key, cancellationToken);

    /// <summary>Opens the object for streaming; null when there is none.</summary>
    public ValueTask<ObjectReader?> OpenReadAsync(CancellationToken cancellationToken = default) =>
        Key.Length == 0 ? ValueTask.FromResult<ObjectReader?>(null) : Store.Driver.OpenReadAsync(Key, cancellationToken);

    /// <summary>The whole object in memory; null when there is none.</summary>
    public ValueTask<ObjectContent?> ReadAsync(CancellationToken cancellationToken = default) =>
        Key.Length == 0 ? ValueTask.FromResult<ObjectContent?>(null) : Store.Driver.ReadAsync(Key, cancellationToken);

    /// <summary>The whole object as UTF-8 text; null when there is none.</summary>
    public async ValueTask<string?> ReadTextAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false))?.Text;

    /// <summary>Writes the object.</summary>
    public ValueTask<WriteOutcome> WriteAsync(
        ReadOnlyMemory<byte> content,
        WriteCondition condition,
        CancellationToken cancellationToken = default
    ) => WriteAsync(ObjectBody.FromBytes(content), condition, cancellationToken);

    /// <summary>Writes the object from a body, which may be streamed.</summary>
    /// <exception cref="StoreException">This is the store's root, which is a directory; or the store has failed.</exception>
    public ValueTask<WriteOutcome> WriteAsync(
        ObjectBody content,
        WriteCondition condition,
        CancellationToken cancellationToken = default
    ) =>
        Key.Length > 0
            ? Store.Driver.PutAsync(Key, content, condition, cancellationToken)
            : throw new StoreException(
                StoreErrorKind.InvalidArgument,
                "write",
                ToString(),
                "it is the root of a store, not an object; name an object below it"
            );

    /// <summary>Writes the object as UTF-8 text.</summary>
    public ValueTask<WriteOutcome> WriteTextAsync(
        string content,
        WriteCondition condition,
        CancellationToken cancellationToken = default
    ) => WriteAsync(Encoding.UTF8.GetBytes(content), condition, cancellationToken);

    /// <summary>Deletes the object. Deleting what is not there succeeds.</summary>
    public ValueTask<WriteOutcome> DeleteAsync(WriteCondition condition, CancellationToken cancellationToken = default) =>
        Key.Length == 0 ? ValueTask.FromResult(WriteOutcome.Absent) : Store.Driver.DeleteAsync(Key, condition, cancellationToken);

    /// <summary>What stands directly below this path, objects and prefixes, in key order.</summary>
    public IAsyncEnumerable<VfsEntry> ListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(ListDepth.Children, cancellationToken);

    /// <summary>Every object below this path, in key order.</summary>
    /// <exception cref="StoreException">After the last of them, <see cref="StoreErrorKind.UnreachableObjects"/>: there are others besides,
    /// with keys that no path can name.</exception>
    public IAsyncEnumerable<VfsEntry> ListTreeAsync(CancellationToken cancellationToken = default) =>
        ListAsync(ListDepth.Tree, cancellationToken);

    /// <summary>
    /// The address by which this place is known whoever asks: in the file system the absolute path without links, elsewhere the path as
    /// users write it.
    /// </summary>
    public string FullAddress => Store.Driver.As<ILocalStore>()?.RealPathOf(Key) ?? ToString();

    /// <summary>Whether this and another are one place, or one lies in the other, by whatever names they are reached.</summary>
    public bool Overlaps(VfsPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (mine, others) = (ObjectKey.AsPrefix(FullAddress.TrimEnd('/')), ObjectKey.AsPrefix(other.FullAddress.TrimEnd('/')));
        return mine.StartsWith(others, StringComparison.Ordinal) || others.StartsWith(mine, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public bool Equals(VfsPath? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VfsPath);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The path as users write it.</summary>
    public override string ToString() =>
        Key.Length == 0 ? Store.Address
        : Store.Address.EndsWith('/') ? Store.Address + Key
        : $"{Store.Address}/{Key}";

    private async IAsyncEnumerable<VfsEntry> ListAsync(ListDepth depth, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<string>? unreachable = null;
        await foreach (var entry in Store.Driver.ListAsync(ObjectKey.AsPrefix(Key), depth, cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsUnreachable)
                (unreachable ??= []).Add(entry.Key);
            else
                yield return new VfsEntry(new VfsPath(Store, entry.Key.TrimEnd('/')), entry.Object);
        }

        if (unreachable is not null && depth is ListDepth.Tree)
            throw UnreachableObjects.Error(ToString(), unreachable);
    }
}
