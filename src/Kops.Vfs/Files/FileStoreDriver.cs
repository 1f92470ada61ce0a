using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files.Native;
using Kops.Vfs.Setup;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// The store in a directory (<c>file://</c> and plain paths), for Linux and macOS. Keys are paths below the root. kOps and editors may
/// write into the same directory: versions notice, though only our own processes wait for each other.
/// </summary>
/// <remarks>
/// A put writes a file beside the object, brings it to the disk, and renames it into place under a lock on the directory: a crash at any
/// moment leaves the old object or the new one. Locks work between processes of one machine; a directory that several machines mount is
/// safe for creating objects, not for replacing them at the same time.
/// </remarks>
public sealed class FileStoreDriver : IStoreDriver, IBucketAdmin, ILocalStore
{
    private readonly FileTree _tree;
    private readonly string _root;
    private readonly FileListing _listing;
    private readonly FileSetup _setup;
    private readonly LeftOutFiles _leftOut;
    private readonly TimeProvider _clock;
    private readonly Lazy<StoreCapabilities> _capabilities;
    private readonly ConcurrentDictionary<string, bool> _swept = new(StringComparer.Ordinal);

    /// <summary>Opens the store in a directory. It need not exist: until the first write it is an empty store.</summary>
    /// <param name="root">The directory, an absolute path; it may be, or lie behind, a symbolic link.</param>
    /// <param name="address">The directory as the user wrote it, for messages.</param>
    /// <param name="clock">For waiting and for the time of files.</param>
    /// <exception cref="StoreException">This is neither Linux nor macOS.</exception>
    public FileStoreDriver(string root, string address, TimeProvider clock)
        : this(root, address, clock, new LeftOutFiles(null)) { }

    /// <summary>Opens the store in a directory, and tells what listings leave out.</summary>
    internal FileStoreDriver(string root, string address, TimeProvider clock, LeftOutFiles leftOut)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            throw new StoreException(
                StoreErrorKind.Unsupported,
                "open",
                address,
                "a store in a directory needs Linux or macOS; on Windows, run kops in WSL or name another store"
            );
        }

        ArgumentOutOfRangeException.ThrowIfEqual(Path.IsPathFullyQualified(root), false);
        (_clock, _root, _tree) = (clock, root, new FileTree(root, address));
        _listing = new FileListing(_tree, leftOut, clock);
        _leftOut = leftOut;
        _setup = new FileSetup(_tree, root, address);
        _capabilities = new(() =>
            new StoreCapabilities
            {
                ConditionalCreate = true,
                ConditionalReplace = true,
                ConditionalDelete = true,
                KeepsMarks = FileMark.IsKeptAt(root),
                ObjectsAreDirectoryLeaves = true,
                MaxSegmentBytes = FileNames.MaxBytes,
            }
        );
    }

    /// <inheritdoc/>
    public StoreCapabilities Capabilities => _capabilities.Value;

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require(key, "read");
        using var file = _tree.OpenObject(key, "read");
        return ValueTask.FromResult(file is null ? null : OpenedFile.From(file, key, "read", _tree.PathOf(key))?.Info);
    }

    /// <inheritdoc/>
    public ValueTask<ObjectReader?> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require(key, "read");
        var file = _tree.OpenObject(key, "read");
        if (file is null)
            return ValueTask.FromResult<ObjectReader?>(null);
        var streamed = false;
        try
        {
            if (OpenedFile.From(file, key, "read", _tree.PathOf(key)) is not { } opened)
                return ValueTask.FromResult<ObjectReader?>(null);
            streamed = opened.Content is null;
            Stream content = opened.Content is { } bytes
                ? new ReadOnlyMemoryStream(bytes) { IsReaders = true }
                : new FileContentStream(file, opened.Stat, _tree.PathOf(key));
            return ValueTask.FromResult<ObjectReader?>(new ObjectReader(opened.Info, content));
        }
        finally
        {
            if (!streamed)
                file.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome> PutAsync(
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require(key, "write");
        var written = false;
        try
        {
            while (true)
            {
                using var directory =
                    condition.Kind is WriteConditionKind.IfMatch
                        ? _tree.OpenDirectory(FileNames.ParentOf(key), "write")
                        : _tree.OpenOrCreateDirectory(FileNames.ParentOf(key), "write");
                if (directory is null)
                    return WriteOutcome.Conflict;
                if (await PutAsync(directory, key, body, condition, cancellationToken).ConfigureAwait(false) is not { } outcome)
                    continue;
                written = outcome.Succeeded;
                return outcome;
            }
        }
        finally
        {
            if (!written)
                Prune(FileNames.ParentOf(key));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteOutcome> DeleteAsync(string key, WriteCondition condition, CancellationToken cancellationToken)
    {
        if (condition.Kind is WriteConditionKind.IfAbsent)
            throw new ArgumentException("a delete cannot ask for absence", nameof(condition));
        cancellationToken.ThrowIfCancellationRequested();
        Require(key, "delete");
        var path = _tree.PathOf(key);
        using var directory = _tree.OpenDirectory(FileNames.ParentOf(key), "delete");
        if (directory is null)
            return WriteOutcome.Absent;
        using (await DirectoryLock.TakeAsync(directory, _clock, "delete", path, cancellationToken).ConfigureAwait(false))
        {
            if (Look(directory, key, "delete")?.Kind is not FileKind.Regular)
                return WriteOutcome.Absent;
            if (!Holds(directory, key, condition, "delete"))
                return WriteOutcome.Conflict;
            SweepOnce(directory, key);
            if (Libc.UnlinkAt(directory, FileNames.NameOf(key), 0) != 0)
                return Marshal.GetLastPInvokeError() is Posix.NoEntry ? WriteOutcome.Absent : throw FileErrors.Last("delete", path);
        }

        FileSync.Flush(directory, "delete", path);
        Prune(FileNames.ParentOf(key));
        return WriteOutcome.Deleted;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ListEntry> ListAsync(string prefix, ListDepth depth, CancellationToken cancellationToken)
    {
        if (prefix.Length > 0)
            Require(prefix.EndsWith('/') ? prefix[..^1] : prefix, "list");
        return _listing.ListAsync(prefix, depth, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BucketSetting> Settings(BucketWishes wishes) => _setup.Settings;

    /// <inheritdoc/>
    public string RealPathOf(string key) => RealPath.Of(Path.Join(_root, key).TrimEnd('/') is { Length: > 0 } path ? path : "/");

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _leftOut.End();
        return ValueTask.CompletedTask;
    }

    private void Require(string key, string operation)
    {
        if (FileNames.Problem(key) is { } problem)
            throw new StoreException(StoreErrorKind.InvalidArgument, operation, _tree.PathOf(key), problem);
    }

    /// <summary>Writes into an open directory; null when that was removed meanwhile (a delete prunes empty ones).</summary>
    private async ValueTask<WriteOutcome?> PutAsync(
        SafeFileHandle directory,
        string key,
        ObjectBody body,
        WriteCondition condition,
        CancellationToken cancellationToken
    )
    {
        var path = _tree.PathOf(key);
        if (!Holds(directory, key, condition, "write"))
            return WriteOutcome.Conflict;
        SweepOnce(directory, key);
        using var file = TemporaryFile.Create(directory, path);
        if (file is null)
            return null;
        var (size, hash) = await file.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        var hashed = size <= FileVersion.HashedBytes;
        if (!hashed)
            file.SetTime(_clock.GetUtcNow());
        var version = hashed ? FileVersion.OfHash(size, hash) : FileVersion.OfStat(file.Stat());
        if (condition.Mark is { } mark)
            file.SetMark(version, mark);
        file.Flush();
        using (await DirectoryLock.TakeAsync(directory, _clock, "write", path, cancellationToken).ConfigureAwait(false))
        {
            if (!Holds(directory, key, condition, "write"))
                return WriteOutcome.Conflict;
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Place(FileNames.NameOf(key), mustBeFree: condition.Kind is WriteConditionKind.IfAbsent) is not { } placed)
                return null;
            if (!placed)
                return WriteOutcome.Conflict;
        }

        FileSync.Flush(directory, "write", path);
        return WriteOutcome.Written(version);
    }

    /// <summary>What stands at a key, without its content; a link, and for a write a directory, is an error.</summary>
    private FileStat? Look(SafeFileHandle directory, string key, string operation)
    {
        var stat = FileStat.Of(directory, FileNames.NameOf(key));
        if (stat is null && Marshal.GetLastPInvokeError() is not Posix.NoEntry)
            throw FileErrors.Last(operation, _tree.PathOf(key));
        return stat switch
        {
            { Kind: FileKind.Link } => throw FileErrors.IsLink(operation, _tree.PathOf(key)),
            { Kind: FileKind.Directory } when operation is "write" => throw FileErrors.Of(Posix.IsDirectory, operation, _tree.PathOf(key)),
            _ => stat,
        };
    }

    private bool Holds(SafeFileHandle directory, string key, WriteCondition condition, string operation)
    {
        var stat = Look(directory, key, operation);
        if (condition.Kind is WriteConditionKind.Any)
            return true;
        if (condition.Kind is WriteConditionKind.IfAbsent)
            return stat is null;
        if (stat is null)
            return false;
        using var file = _tree.OpenObject(directory, FileNames.NameOf(key), key, operation);
        return file is not null && OpenedFile.From(file, key, operation, _tree.PathOf(key))?.Info.Version == condition.Version;
    }

    /// <summary>Clears up after dead writers, once for each directory that this driver writes to.</summary>
    private void SweepOnce(SafeFileHandle directory, string key)
    {
        if (_swept.TryAdd(FileNames.ParentOf(key), true))
            TemporaryFile.Sweep(directory);
    }

    /// <summary>Removes directories that are empty now, so that no prefix stays of what is gone. The root stays.</summary>
    private void Prune(string directory)
    {
        try
        {
            for (; directory.Length > 0; directory = FileNames.ParentOf(directory))
            {
                using var above = _tree.OpenDirectory(FileNames.ParentOf(directory), "delete");
                if (above is null || Libc.UnlinkAt(above, FileNames.NameOf(directory), Posix.RemoveDirectory) != 0)
                    return;
            }
        }
        catch (StoreException)
        {
            // What was asked for has been done, or has failed with its own reason; an empty directory is no object.
        }
    }
}
