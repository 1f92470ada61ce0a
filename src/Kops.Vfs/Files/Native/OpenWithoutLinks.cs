using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files.Native;

/// <summary>
/// openat2(2) of Linux 5.6: opens a whole path in one call and follows no link in any of its components. A short-cut: whoever gets null
/// walks the path component by component and learns the reason there.
/// </summary>
internal static partial class OpenWithoutLinks
{
    private const nint Number = 437; // on every processor
    private const int WorkingDirectory = -100; // AT_FDCWD, not used for absolute paths
    private const ulong NoMagicLinks = 2;
    private const ulong NoLinks = 4;

    internal static SafeFileHandle? TryOpen(string absolutePath)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var how = new OpenHow { Flags = (ulong)(Posix.OpenObject & ~Posix.NoFollow), Resolve = NoMagicLinks | NoLinks };
        var file = SystemCall(Number, WorkingDirectory, absolutePath, in how, (nuint)Marshal.SizeOf<OpenHow>());
        return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        internal ulong Flags;
        internal ulong Mode;
        internal ulong Resolve;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint SystemCall(nint number, nint directory, string path, in OpenHow how, nuint size);
}
