using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Files;

/// <summary>
/// Looks at files, in whatever store they lie: lists, reads, counts and hashes them. A place at which nothing stands is an error, for it is
/// likely a mistake; but a store may be empty, if only it is there.
/// </summary>
public static class StateFiles
{
    /// <summary>Lists what stands below a place, or the one file that the place is.</summary>
    /// <param name="place">The place.</param>
    /// <param name="isTree">Whether everything below it is listed, and not what stands directly there.</param>
    /// <param name="mayBeAbsent">Whether a store that is not there yet counts as empty.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">Nothing stands there.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async IAsyncEnumerable<ListedFile> ListAsync(
        VfsPath place,
        bool isTree,
        bool mayBeAbsent = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(place);
        var any = false;
        await foreach (
            var entry in (isTree ? place.ListTreeAsync(cancellationToken) : place.ListAsync(cancellationToken)).ConfigureAwait(false)
        )
        {
            any = true;
            yield return new ListedFile(NameBelow(entry.Path, place) + (entry.IsPrefix ? "/" : string.Empty), entry);
        }

        if (any)
            yield break;
        if (await place.StatAsync(cancellationToken).ConfigureAwait(false) is { } single)
            yield return new ListedFile(place.Name, new VfsEntry(place, single));
        else
            ThrowUnlessEmpty(place, mayBeAbsent);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="OperationException">Nothing stands there, or a directory.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<ObjectReader> OpenAsync(VfsPath place, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (await place.OpenReadAsync(cancellationToken).ConfigureAwait(false) is { } reader)
            return reader;
        await foreach (var entry in place.ListAsync(cancellationToken).ConfigureAwait(false))
            throw OperationException.NotFound(
                $"{place} is a directory: name a file in it, such as {entry.Path}; 'kops state ls {place}' lists it"
            );
        throw NothingAt(place);
    }

    /// <summary>Counts files and bytes, for each thing that stands directly below a place, in key order.</summary>
    /// <exception cref="OperationException">Nothing stands there.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<IReadOnlyList<FileUsage>> MeasureAsync(
        VfsPath place,
        bool mayBeAbsent = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(place);
        var rows = new List<FileUsage>();
        await foreach (var entry in place.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Object is not { } info)
                continue;
            var name =
                NameBelow(entry.Path, place) is var key && key.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0
                    ? key[..(slash + 1)]
                    : key;

            // In key order, so what belongs together comes together.
            if (rows is [.., var last] && last.Name == name)
                rows[^1] = new FileUsage(name, last.Files + 1, last.Bytes + info.Size);
            else
                rows.Add(new FileUsage(name, 1, info.Size));
        }

        if (rows.Count == 0 && await place.StatAsync(cancellationToken).ConfigureAwait(false) is { } single)
            rows.Add(new FileUsage(place.Name, 1, single.Size));
        if (rows.Count == 0)
            ThrowUnlessEmpty(place, mayBeAbsent);
        return rows;
    }

    /// <summary>Hashes every file below a place, or the one that it is, by its content; what a store says of them is not trusted.</summary>
    /// <exception cref="OperationException">Nothing stands there.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async IAsyncEnumerable<HashedFile> HashAsync(
        VfsPath place,
        HashAlgorithmName algorithm,
        bool mayBeAbsent = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(place);
        var any = false;
        await foreach (var (path, hash) in ObjectHashes.HashTreeAsync(place, algorithm, cancellationToken).ConfigureAwait(false))
        {
            any = true;
            yield return new HashedFile(NameBelow(path, place), hash);
        }

        if (!any)
            ThrowUnlessEmpty(place, mayBeAbsent);
    }

    /// <summary>The error for a place where nothing stands.</summary>
    internal static OperationException NothingAt(VfsPath place) => OperationException.NotFound($"nothing stands at {place}");

    /// <summary>The key of something below a place, relative to it; the last part of its name when it is the place itself.</summary>
    internal static string NameBelow(VfsPath path, VfsPath place) =>
        path.Key.Length > place.Key.Length ? path.Key[ObjectKey.AsPrefix(place.Key).Length..] : path.Name;

    /// <summary>A store may be empty, but a directory that was named should be there.</summary>
    private static void ThrowUnlessEmpty(VfsPath place, bool mayBeAbsent)
    {
        var isEmptyStore = place.Key.Length == 0 && (mayBeAbsent || !place.Store.IsLocal || Directory.Exists(place.FullAddress));
        if (!isEmptyStore)
            throw NothingAt(place);
    }
}
