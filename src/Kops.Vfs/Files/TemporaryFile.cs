using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// A file that is being written, beside the one that it will replace. Its writer holds a lock on it for as long as it lives, so that
/// what a dead writer left is told from what a slow one is still writing, without looking at a clock.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const uint FileMode = 0x180; // 0600
    private const int BufferBytes = 128 * 1024;

    private readonly SafeFileHandle _directory;
    private readonly SafeFileHandle _file;
    private readonly string _name;
    private readonly string _path;
    private bool _gone;

    private TemporaryFile(SafeFileHandle directory, SafeFileHandle file, string name, string path) =>
        (_directory, _file, _name, _path) = (directory, file, name, path);

    /// <summary>Makes an empty one; null when the directory was removed meanwhile.</summary>
    internal static TemporaryFile? Create(SafeFileHandle directory, string path)
    {
        while (true)
        {
            var name = FileNames.NewTemporary();
            var file = Libc.CreateAt(
                directory, name, Posix.WriteOnly | Posix.Create | Posix.Exclusive | Posix.NoFollow | Posix.CloseOnExec, FileMode);
            if (file.IsInvalid)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error is Posix.NoEntry) return null;
                if (error is Posix.Exists or Posix.Interrupted) continue;
                throw FileErrors.Of(error, "write", path);
            }

            // A sweeper may have come between the two calls: it holds the lock, or the name is gone already.
            if (Libc.Lock(file, Posix.LockExclusive | Posix.LockNonBlocking) == 0 || Marshal.GetLastPInvokeError() != Posix.WouldBlock)
            {
                if (FileStat.Of(file) is { Links: > 0 }) return new TemporaryFile(directory, file, name, path);
            }

            file.Dispose();
        }
    }

    /// <summary>Removes what dead writers left in a directory. Whatever stands in the way, the next writer tries again.</summary>
    internal static void Sweep(SafeFileHandle directory)
    {
        var found = new List<string>();
        using var names = Libc.OpenAt(directory, ".", Posix.OpenDirectory);
        if (names.IsInvalid) return;
        _ = DirectoryReader.Read(names, (name, _) =>
        {
            if (FileNames.IsTemporary(name)) found.Add(name);
            return true;
        });
        foreach (var name in found)
        {
            using var file = Libc.OpenAt(directory, name, Posix.OpenObject);
            if (!file.IsInvalid && Libc.Lock(file, Posix.LockExclusive | Posix.LockNonBlocking) == 0) _ = Libc.UnlinkAt(directory, name, 0);
        }
    }

    /// <summary>Writes the content and brings it to the disk.</summary>
    /// <returns>Length and hash of the content.</returns>
    internal async ValueTask<(long Size, UInt128 Hash)> WriteAsync(ObjectBody body, CancellationToken cancellationToken)
    {
        if (body.Bytes is { } bytes)
        {
            Write(bytes.Span);
            FileSync.Flush(_file, "write", _path);
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

        FileSync.Flush(_file, "write", _path);
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

    internal FileStat Stat() => FileStat.Of(_file) ?? throw FileErrors.Last("write", _path);

    /// <summary>Puts the file in place of whatever file stands at the name.</summary>
    internal void Replace(string name)
    {
        if (Libc.RenameAt(_directory, _name, _directory, name) != 0) throw FileErrors.Last("write", _path);
        _gone = true;
    }

    /// <summary>Puts the file at a name that must be free. The kernel decides, so this holds against programs that take no lock, too.</summary>
    /// <returns>False when the name is taken.</returns>
    internal bool TryPlace(string name)
    {
        if (Libc.LinkAt(_directory, _name, _directory, name, 0) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        if (error is Posix.Exists) return false;
        if (error is not Posix.PermissionError && error != Posix.NotSupported) throw FileErrors.Of(error, "write", _path);
        // No hard links here (FAT, some shares): the directory's lock alone keeps our own processes apart.
        if (FileStat.Of(_directory, name) is not null) return false;
        Replace(name);
        return true;
    }

    private void Write(ReadOnlySpan<byte> content)
    {
        while (content.Length > 0)
        {
            var count = Libc.Write(_file, in MemoryMarshal.GetReference(content), (nuint)content.Length);
            if (count >= 0) content = content[(int)count..];
            else if (Marshal.GetLastPInvokeError() is not Posix.Interrupted) throw FileErrors.Last("write", _path);
        }
    }

    public void Dispose()
    {
        if (!_gone) _ = Libc.UnlinkAt(_directory, _name, 0);
        _file.Dispose();
    }
}
