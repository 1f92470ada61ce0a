using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>Brings a file or a directory to the disk.</summary>
internal static class FileSync
{
    internal static void Flush(SafeFileHandle handle, string operation, string path)
    {
        try
        {
            // fsync, and F_FULLFSYNC on macOS, where fsync stops at the disk's own cache.
            RandomAccess.FlushToDisk(handle);
        }
        catch (IOException e)
        {
            throw new StoreException(
                StoreErrorKind.Unavailable,
                operation,
                path,
                $"it cannot be brought to the disk: {e.Message}",
                isTransient: false,
                e
            );
        }
    }
}
