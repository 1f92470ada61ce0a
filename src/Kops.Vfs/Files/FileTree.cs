using System.Runtime.InteropServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// Opens what lies below the root, one component after the other and each relative to the one before without following links, so
/// that no key and no link leads out, even while somebody exchanges directories for links.
/// </summary>
/// <param name="root">The directory, an absolute path. It may itself be, or lie behind, a link: the user named it.</param>
/// <param name="address">The root as users write it, for messages.</param>
internal sealed class FileTree(string root, string address)
{
    private const uint DirectoryMode = 0x1C0; // 0700

    private readonly string _root = root == "/" ? string.Empty : root;

    /// <summary>The path of a key for messages.</summary>
    internal string PathOf(string key) =>
        key.Length == 0 ? address
        : address.EndsWith('/') ? address + key
        : $"{address}/{key}";

    /// <summary>Opens the directory of a prefix; null when it, or a directory above it, is not there or is a file.</summary>
    internal SafeFileHandle? OpenDirectory(ReadOnlySpan<char> prefix, string operation)
    {
        var directory = OpenRoot(operation, create: false);
        return directory is null ? null : Walk(directory, prefix, operation, create: false);
    }

    /// <summary>Opens the directory of a prefix, making what is missing.</summary>
    internal SafeFileHandle OpenOrCreateDirectory(ReadOnlySpan<char> prefix, string operation) =>
        Walk(OpenRoot(operation, create: true)!, prefix, operation, create: true)!;

    /// <summary>Opens an object for reading; null when no file stands at the key.</summary>
    internal SafeFileHandle? OpenObject(string key, string operation)
    {
        if (OpenWithoutLinks.TryOpen($"{_root}/{key}") is { } opened)
            return opened;
        using var directory = OpenDirectory(FileNames.ParentOf(key), operation);
        return directory is null ? null : OpenObject(directory, FileNames.NameOf(key), key, operation);
    }

    /// <summary>Opens an object in its open directory; null when no file stands there.</summary>
    internal SafeFileHandle? OpenObject(SafeFileHandle directory, string name, string key, string operation)
    {
        var file = Libc.OpenAt(directory, name, Posix.OpenObject);
        if (!file.IsInvalid)
            return file;
        var error = Marshal.GetLastPInvokeError();
        if (error is Posix.NoEntry)
            return null;
        if (FileStat.Of(directory, name) is { Kind: FileKind.Link })
            throw FileErrors.IsLink(operation, PathOf(key));
        throw FileErrors.Of(error, operation, PathOf(key));
    }

    private SafeFileHandle? OpenRoot(string operation, bool create)
    {
        var flags = Posix.OpenDirectory & ~Posix.NoFollow;
        var directory = Libc.Open(root, flags);
        if (!directory.IsInvalid)
            return directory;
        var error = Marshal.GetLastPInvokeError();
        if (error is Posix.NoEntry && !create)
            return null;
        if (error is not Posix.NoEntry)
        {
            throw error is Posix.NotDirectory
                ? new StoreException(
                    StoreErrorKind.InvalidArgument,
                    operation,
                    address,
                    "it, or a part of its path, is a file; name a directory"
                )
                : FileErrors.Of(error, operation, address);
        }

        CreateRoot(operation);
        directory = Libc.Open(root, flags);
        return directory.IsInvalid ? throw FileErrors.Last(operation, address) : directory;
    }

    private void CreateRoot(string operation)
    {
        try
        {
            MakeWithParents(root, operation);
        }
        catch (UnauthorizedAccessException e)
        {
            throw FileErrors.Of(Posix.AccessDenied, operation, address, e);
        }
        catch (IOException e)
        {
            throw new StoreException(
                StoreErrorKind.Other,
                operation,
                address,
                $"the directory cannot be made: {e.Message}",
                innerException: e
            );
        }
    }

    /// <summary>Makes a directory and those above it, each for its owner alone, which .NET does for the last one only.</summary>
    private void MakeWithParents(string directory, string operation)
    {
        if (Directory.Exists(directory) || Path.GetDirectoryName(directory) is not { } above)
            return;
        MakeWithParents(above, operation);
#pragma warning disable CA1416 // the driver's constructor has refused other platforms
        Directory.CreateDirectory(directory, (UnixFileMode)DirectoryMode);
#pragma warning restore CA1416
        using var handle = Libc.Open(above, Posix.OpenDirectory & ~Posix.NoFollow);
        if (!handle.IsInvalid)
            FileSync.Flush(handle, operation, address);
    }

    private SafeFileHandle? Walk(SafeFileHandle directory, ReadOnlySpan<char> prefix, string operation, bool create)
    {
        if (prefix.Length == 0)
            return directory;
        foreach (var range in prefix.Split('/'))
        {
            var name = prefix[range].ToString();
            using var above = directory;
            directory = Libc.OpenAt(above, name, Posix.OpenDirectory);
            for (var tries = 0; create && directory.IsInvalid && Marshal.GetLastPInvokeError() is Posix.NoEntry && tries < 100; tries++)
            {
                if (Libc.MakeDirectoryAt(above, name, DirectoryMode) == 0)
                    FileSync.Flush(above, operation, PathOf(prefix[..range.End].ToString()));
                else if (Marshal.GetLastPInvokeError() is Posix.NoEntry)
                    return OpenOrCreateDirectory(prefix, operation); // pruned by a delete
                else if (Marshal.GetLastPInvokeError() is not Posix.Exists)
                    break;
                directory = Libc.OpenAt(above, name, Posix.OpenDirectory);
            }

            if (!directory.IsInvalid)
                continue;
            var error = Marshal.GetLastPInvokeError();
            if (error is Posix.NoEntry && !create)
                return null;
            var path = PathOf(prefix[..range.End].ToString());
            switch (FileStat.Of(above, name)?.Kind)
            {
                case FileKind.Link:
                    throw FileErrors.IsLink(operation, path);
                case FileKind.Regular when !create:
                    return null;
                case FileKind.Regular:
                    throw new StoreException(
                        StoreErrorKind.InvalidArgument,
                        operation,
                        path,
                        "it is a file, so nothing can be stored below it; delete or move it first"
                    );
                default:
                    throw FileErrors.Of(error, operation, path);
            }
        }

        return directory;
    }
}
