using System.Runtime.InteropServices;
using System.Text;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// The mark of a write, kept as an extended attribute of the file (xattr(7)), together with the version of what was written: an editor
/// that writes into the file in place leaves the attribute behind, and it is not believed then. A file that is replaced loses it.
/// </summary>
internal static class FileMark
{
    private const string Attribute = "user.kops.write";
    private const int MaxBytes = 256;

    /// <summary>Whether the file system under a directory, or under the nearest one above it that exists, keeps such attributes.</summary>
    internal static bool IsKeptAt(string directory)
    {
        for (var path = directory; path is not null; path = Path.GetDirectoryName(path))
        {
            using var opened = Libc.Open(path, Posix.ReadOnly | Posix.Directory | Posix.CloseOnExec);
            if (opened.IsInvalid)
                continue;
            Span<byte> value = stackalloc byte[MaxBytes];
            return Libc.GetAttribute(opened, Attribute, ref MemoryMarshal.GetReference(value), MaxBytes, 0, 0) >= 0
                || Marshal.GetLastPInvokeError() == Posix.NoAttribute;
        }

        return false;
    }

    /// <summary>Leaves a mark. On a file system that keeps none, nothing happens: the capability says so.</summary>
    internal static void Write(SafeFileHandle file, ObjectVersion version, string mark)
    {
        var text = Encoding.ASCII.GetBytes($"{version.Value} {mark}");
        _ = Libc.SetAttribute(file, Attribute, in MemoryMarshal.GetReference<byte>(text), (nuint)text.Length, 0, 0);
    }

    /// <summary>The mark of what was read in a version; null for none.</summary>
    internal static string? Read(SafeFileHandle file, ObjectVersion version)
    {
        Span<byte> value = stackalloc byte[MaxBytes];
        var length = Libc.GetAttribute(file, Attribute, ref MemoryMarshal.GetReference(value), MaxBytes, 0, 0);
        if (length <= 0)
            return null;
        var text = Encoding.ASCII.GetString(value[..(int)length]);
        return text.StartsWith(version.Value + " ", StringComparison.Ordinal) ? text[(version.Value.Length + 1)..] : null;
    }
}
