using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// Lists a file store. A directory is read whole when the listing comes to it, for its names must be sorted; the tree is not. Links,
/// pipes and the like, and names that are not UTF-8 are no objects; they are left out, which is told. Files being written, and directories
/// with nothing in them, are left out without a word. Those that a dead writer has left for an hour are removed: they may hold keys.
/// </summary>
internal sealed class FileListing(FileTree tree, LeftOutFiles leftOut, TimeProvider clock)
{
    private static readonly TimeSpan DraftLife = TimeSpan.FromHours(1);

    internal async IAsyncEnumerable<ListEntry> ListAsync(
        string prefix,
        ListDepth depth,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var entry in List(prefix, depth))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private IEnumerable<ListEntry> List(string prefix, ListDepth depth)
    {
        using var directory = tree.OpenDirectory(prefix.AsSpan().TrimEnd('/'), "list");
        if (directory is null)
            yield break;
        foreach (var name in Names(directory, prefix))
        {
            var key = prefix + name;
            if (!name.EndsWith('/'))
            {
                if (FileStat.Of(directory, name) is { Kind: FileKind.Regular } stat)
                    yield return new ListEntry(key, new ObjectInfo(key, stat.Size, null, stat.LastModified));
            }
            else if (depth is ListDepth.Tree)
            {
                foreach (var entry in List(key, depth))
                    yield return entry;
            }
            else if (HoldsObject(directory, name[..^1], key[..^1]))
            {
                yield return new ListEntry(key, null);
            }
        }
    }

    /// <summary>
    /// The sorted names in a directory. Those of directories end in <c>/ </c>, as in the keys below them, for <c>a.b </c> comes before
    /// <c>a/x </c>.
    /// </summary>
    private List<string> Names(SafeFileHandle directory, string prefix)
    {
        var names = new List<string>();
        List<(string Name, FileKind Kind)>? others = null;
        var hasDrafts = false;
        var error = DirectoryReader.Read(
            directory,
            (name, kind) =>
            {
                if (FileNames.IsTemporary(name))
                    return hasDrafts = true;
                if (kind is FileKind.Unknown)
                    kind = FileStat.Of(directory, name)?.Kind ?? FileKind.Unknown;
                if (kind is FileKind.Regular or FileKind.Directory)
                    names.Add(kind is FileKind.Directory ? name + "/" : name);
                else
                    (others ??= []).Add((name, kind));
                return true;
            }
        );
        // A directory that was removed under the listing is an empty one.
        if (error is not (0 or Posix.NoEntry))
            throw FileErrors.Of(error, "list", tree.PathOf(prefix.TrimEnd('/')));
        if (hasDrafts)
            TemporaryFile.Sweep(directory, clock.GetUtcNow() - DraftLife);
        if (others is not null)
            Tell(prefix, others);
        names.Sort(ObjectKey.Compare);
        return names;
    }

    private void Tell(string prefix, List<(string Name, FileKind Kind)> others)
    {
        // What is unknown still was gone when it was looked at.
        foreach (
            var (name, kind) in others
                .Where(other => other.Kind is not FileKind.Unknown)
                .OrderBy(other => other.Name, StringComparer.Ordinal)
        )
            leftOut.Add(tree.PathOf(prefix + name), kind);
    }

    /// <summary>Whether a directory has an object somewhere below it. In a store that is in use the first name says so.</summary>
    private bool HoldsObject(SafeFileHandle above, string name, string key)
    {
        using var directory = Libc.OpenAt(above, name, Posix.OpenDirectory);
        if (directory.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            // Not ours to look into: whoever opens it is told. One unreadable cluster does not hide the others.
            if (error is Posix.AccessDenied)
                return true;
            return error is Posix.NoEntry or Posix.NotDirectory || error == Posix.Loop
                ? false
                : throw FileErrors.Of(error, "list", tree.PathOf(key));
        }

        var (holds, hasOthers) = (false, false);
        List<string>? below = null;
        var failure = DirectoryReader.Read(
            directory,
            (child, kind) =>
            {
                if (FileNames.IsTemporary(child))
                    return true;
                if (kind is FileKind.Unknown)
                    kind = FileStat.Of(directory, child)?.Kind ?? FileKind.Unknown;
                if (kind is FileKind.Directory)
                    (below ??= []).Add(child);
                holds = kind is FileKind.Regular;
                hasOthers |= kind is not (FileKind.Regular or FileKind.Directory);
                return !holds;
            }
        );
        if (failure is not (0 or Posix.NoEntry))
            throw FileErrors.Of(failure, "list", tree.PathOf(key));
        if (holds || below?.Exists(child => HoldsObject(directory, child, $"{key}/{child}")) is true)
            return true;
        if (!hasOthers)
            return false;
        // A cluster of which every file is a link is left out with them.
        using var again = Libc.OpenAt(directory, ".", Posix.OpenDirectory);
        if (!again.IsInvalid)
            _ = Names(again, key + "/");
        return false;
    }
}
