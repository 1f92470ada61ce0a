using System.Runtime.InteropServices;
using Kops.Vfs.Drivers;
using Kops.Vfs.Files.Native;

namespace Kops.Vfs.Files;

/// <summary>Turns errors of the C library into the one exception of every store.</summary>
internal static class FileErrors
{
    internal static StoreException Last(string operation, string path) => Of(Marshal.GetLastPInvokeError(), operation, path);

    internal static StoreException Of(int error, string operation, string path, Exception? cause = null)
    {
        var (kind, detail, transient) = error switch
        {
            Posix.AccessDenied or Posix.PermissionError => (
                StoreErrorKind.PermissionDenied,
                "permission denied; give this user access to it, or name another store",
                false
            ),
            Posix.ReadOnlyFileSystem => (StoreErrorKind.PermissionDenied, "the file system is mounted read-only", false),
            Posix.NoSpace => (StoreErrorKind.QuotaExceeded, "no space left on the file system; free some and run the command again", false),
            Posix.FileTooLarge => (
                StoreErrorKind.QuotaExceeded,
                "the file is larger than the file system or the user's limit allows",
                false
            ),
            Posix.InputOutput => (StoreErrorKind.Unavailable, "the disk reports an input/output error", true),
            Posix.TooManyFiles or Posix.TooManyFilesInSystem => (
                StoreErrorKind.Unavailable,
                "too many open files; raise the limit (ulimit -n)",
                true
            ),
            Posix.NotDirectory => (StoreErrorKind.InvalidArgument, "a file stands where a directory is needed", false),
            Posix.IsDirectory => (StoreErrorKind.InvalidArgument, "a directory stands where a file is needed", false),
            _ when error == Posix.QuotaExceeded => (StoreErrorKind.QuotaExceeded, "the user's disk quota is used up", false),
            _ when error == Posix.Loop => (StoreErrorKind.InvalidArgument, Link, false),
            _ when error == Posix.NameTooLong => (
                StoreErrorKind.InvalidArgument,
                $"a name in it is longer than {FileNames.MaxBytes} bytes, which file systems do not allow",
                false
            ),
            _ when error == Posix.IllegalSequence => (
                StoreErrorKind.InvalidArgument,
                "the file system does not allow these characters in a name",
                false
            ),
            _ => (StoreErrorKind.Other, $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})", false),
        };
        return new StoreException(kind, operation, path, detail, transient, cause);
    }

    internal static StoreException IsLink(string operation, string path) => new(StoreErrorKind.InvalidArgument, operation, path, Link);

    private const string Link =
        "it is a symbolic link, and a store follows none below its root, for they can lead out of it; put the file or directory itself "
        + "there";
}
