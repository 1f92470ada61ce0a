using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// A file that is being written, beside the one that it will replace. On Linux it has no name until it is complete (O_TMPFILE), so that a
/// writer that dies leaves nothing. Elsewhere, and between the last two calls of a replacement, it has one; then its writer holds a lock on
/// it
/// for as long as it lives, so that what a dead writer left is told from what a slow one is still writing, without looking at a clock.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const uint FileMode = 0x180; // 0600
    private const int BufferBytes = 128 * 1024;

    private readonly SafeFileHandle _directory;
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private string? _name;

    private TemporaryFile(SafeFileHandle directory, SafeFileHandle file, string? name, string path) =>
        (_directory, _file, _name, _path) = (directory, file, name, path);

    // A file without a name gets one through its link below /proc.
    private static bool CanBeNameless { get; } = OperatingSystem.IsLinux() && Directory.Exists("/proc/self/fd");

    /// <summary>Makes an empty one; null when the directory was removed meanwhile.</summary>
    internal static TemporaryFile? Create(SafeFileHandle directory, string path)
    {
        if (CanBeNameless)
        {
            var nameless = Libc.CreateAt(directory, ".", Posix.WriteOnly | Posix.Nameless | Posix.CloseOnExec, FileMode);
            // The lock is for the moment in which the file has a temporary name.
            if (!nameless.IsInvalid && Libc.Lock(nameless, Posix.LockExclusive | Posix.LockNonBlocking) == 0)
                return new TemporaryFile(directory, nameless, null, path);
            // A file system that cannot do this is asked in the common way, which also tells real errors.
            nameless.Dispose();
        }

        while (true)
        {
            var name = FileNames.NewTemporary();
            var file = Libc.CreateAt(
                directory,
                name,
                Posix.WriteOnly | Posix.Create | Posix.Exclusive | Posix.NoFollow | Posix.CloseOnExec,
                FileMode
            );
            if (file.IsInvalid)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error is Posix.NoEntry)
                    return null;
                if (error is Posix.Exists or Posix.Interrupted)
                    continue;
                throw FileErrors.Of(error, "write", path);
            }

            // A sweeper may have come between the two calls: it holds the lock, or the name is gone already.
            if (Libc.Lock(file, Posix.LockExclusive | Posix.LockNonBlocking) == 0 || Marshal.GetLastPInvokeError() != Posix.WouldBlock)
            {
                if (FileStat.Of(file) is { Links: > 0 })
                    return new TemporaryFile(directory, file, name, path);
            }

            file.Dispose();
        }
    }

    /// <summary>Removes what dead writers left in a directory. Whatever stands in the way, the next one tries again.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="before">Until when it must have been written last; null for any time.</param>
    internal static void Sweep(SafeFileHandle directory, DateTimeOffset? before = null)
    {
        var found = new List<string>();
        using var names = Libc.OpenAt(directory, ".", Posix.OpenDirectory);
        if (names.IsInvalid)
            return;
        _ = DirectoryReader.Read(
            names,
            (name, _) =>
            {
                if (FileNames.IsTemporary(name))
                    found.Add(name);
                return true;
            }
        );
        foreach (var name in found)
        {
            using var file = Libc.OpenAt(directory, name, Posix.OpenObject);
            if (
                !file.IsInvalid
                && (before is null || FileStat.Of(file)?.LastModified < before)
                && Libc.Lock(file, Posix.LockExclusive | Posix.LockNonBlocking) == 0
            )
                _ = Libc.UnlinkAt(directory, name, 0);
        }
    }

    /// <summary>Writes the content. It is on the disk after <see cref="Flush"/> alone.</summary>
    /// <returns>Length and hash of the content.</returns>
    internal async ValueTask<(long Size, UInt128 Hash)> WriteAsync(ObjectBody body, CancellationToken cancellationToken)
    {
        if (body.Bytes is { } bytes)
        {
            Write(bytes.Span);
            return (bytes.Length, XxHash128.HashToUInt128(bytes.Span));
        }

        var hash = new XxHash128();
        long size = 0;
        var content = await body.OpenAsync(cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (int count; (count = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; size += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.Append(buffer.AsSpan(0, count));
                Write(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await content.DisposeAsync().ConfigureAwait(false);
        }

        return (size, hash.GetCurrentHashAsUInt128());
    }

    /// <summary>Gives the file its own time, finer than the kernel's clock tick, so that large files written in one tick differ.</summary>
    internal void SetTime(DateTimeOffset now)
    {
        try
        {
            File.SetLastWriteTimeUtc(_file, now.UtcDateTime);
        }
        catch (IOException)
        {
            // A file system that keeps no such times: inode and size have to do.
        }
    }

    /// <summary>Leaves the mark of the write.</summary>
    internal void SetMark(ObjectVersion version, string mark) => FileMark.Write(_file, version, mark);

    /// <summary>Brings everything to the disk.</summary>
    internal void Flush() => FileSync.Flush(_file, "write", _path);

    internal FileStat Stat() => FileStat.Of(_file) ?? throw FileErrors.Last("write", _path);

    /// <summary>Puts the file at a name, in place of what stands there or only where nothing does.</summary>
    /// <returns>False when the name must be free and is taken; null when the directory was removed meanwhile.</returns>
    internal bool? Place(string name, bool mustBeFree) => mustBeFree ? PlaceIfFree(name) : Replace(name);

    private bool? Replace(string name)
    {
        if (_name is null && !TakeTemporaryName())
            return null;
        if (Libc.RenameAt(_directory, _name!, _directory, name) != 0)
            throw FileErrors.Last("write", _path);
        _name = null;
        return true;
    }

    /// <summary>The kernel decides who is first, so this holds against programs that take no lock, too.</summary>
    private bool? PlaceIfFree(string name)
    {
        if (Link(name) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        if (error is Posix.Exists)
            return false;
        if (error is Posix.NoEntry && _name is null)
            return null;
        if (error is not Posix.PermissionError && error != Posix.NotSupported)
            throw FileErrors.Of(error, "write", _path);
        // No hard links here (FAT, some shares): the directory's lock alone keeps our own processes apart.
        return FileStat.Of(_directory, name) is null ? Replace(name) : false;
    }

    /// <summary>Gives a nameless file a temporary name; false when the directory was removed meanwhile.</summary>
    private bool TakeTemporaryName()
    {
        while (true)
        {
            var name = FileNames.NewTemporary();
            if (Link(name) == 0)
            {
                _name = name;
                return true;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error is Posix.NoEntry)
                return false;
            if (error is not Posix.Exists and not Posix.Interrupted)
                throw FileErrors.Of(error, "write", _path);
        }
    }

    private int Link(string name) =>
        _name is { } temporary
            ? Libc.LinkAt(_directory, temporary, _directory, name, 0)
            : Libc.LinkAt(_directory, $"/proc/self/fd/{_file.DangerousGetHandle()}", _directory, name, Posix.FollowLink);

    private void Write(ReadOnlySpan<byte> content)
    {
        while (content.Length > 0)
        {
            var count = Libc.Write(_file, in MemoryMarshal.GetReference(content), (nuint)content.Length);
            if (count >= 0)
                content = content[(int)count..];
            else if (Marshal.GetLastPInvokeError() is not Posix.Interrupted)
                throw FileErrors.Last("write", _path);
        }
    }

    public void Dispose()
    {
        if (_name is not null)
            _ = Libc.UnlinkAt(_directory, _name, 0);
        // A process that is just being started has the file open too, for a moment; without this it would hold the lock for as long.
        _ = Libc.Lock(_file, Posix.LockRelease);
        _file.Dispose();
    }
}
