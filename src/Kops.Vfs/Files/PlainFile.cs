using System.Runtime.InteropServices;
using Kops.Vfs.Files.Native;

namespace Kops.Vfs.Files;

/// <summary>Files of this machine that others may have laid: never a pipe that waits for a writer, a device, or a link.</summary>
public static class PlainFile
{
    /// <summary>Reads one.</summary>
    /// <param name="path">Where it stands. The last part may be no link.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <exception cref="IOException">It is no plain file, or longer, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (OperatingSystem.IsWindows())
            return Content(new FileStream(path, FileMode.Open, FileAccess.Read), path, maxBytes);
        // To open a pipe would wait for whoever writes into it, and no signal ends that.
        var file = Libc.Open(path, Posix.ReadOnly | Posix.NonBlocking | Posix.NoFollow | Posix.CloseOnExec);
        if (file.IsInvalid)
        {
            var (error, why) = (Marshal.GetLastPInvokeError(), Marshal.GetLastPInvokeErrorMessage());
            file.Dispose();
            throw error is Posix.AccessDenied or Posix.PermissionError ? new UnauthorizedAccessException($"{path}: {why}")
            : error is Posix.NoEntry ? new FileNotFoundException(why, path)
            : new IOException($"{path}: {why}");
        }

        if (FileStat.Of(file) is not { Kind: FileKind.Regular })
        {
            file.Dispose();
            throw new IOException("it is a directory, a pipe, a socket or a device, and no file");
        }

        return Content(new FileStream(file, FileAccess.Read, bufferSize: 0), path, maxBytes);
    }

    private static byte[] Content(FileStream stream, string path, int maxBytes)
    {
        using (stream)
        {
            if (stream.Length > maxBytes)
                throw new IOException($"{path} is longer than {maxBytes >> 20} MiB");
            var content = new byte[stream.Length];
            var count = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return content[..count];
        }
    }
}
