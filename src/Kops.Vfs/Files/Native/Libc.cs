using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files.Native;

/// <summary>
/// The calls of the C library that .NET has no face for. All work relative to an open directory, so that no component of a path can be
/// exchanged for a symbolic link between the check and the use.
/// </summary>
internal static partial class Libc
{
    private const string Library = "libc";

    /// <summary>Opens by path, following links; used for the root alone, which the user named.</summary>
    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle OpenAt(SafeFileHandle directory, string name, int flags);

    internal static SafeFileHandle CreateAt(SafeFileHandle directory, string name, int flags, uint mode) =>
        OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture is Architecture.Arm64
            ? CreateAtAppleArm(directory, name, flags, 0, 0, 0, 0, 0, mode)
            : CreateAtCommon(directory, name, flags, mode);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeDirectoryAt(SafeFileHandle directory, string name, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int UnlinkAt(SafeFileHandle directory, string name, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RenameAt(SafeFileHandle oldDirectory, string oldName, SafeFileHandle newDirectory, string newName);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LinkAt(SafeFileHandle oldDirectory, string oldName, SafeFileHandle newDirectory, string newName, int flags);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(SafeFileHandle file, ref byte buffer, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(SafeFileHandle file, ref readonly byte buffer, nuint count);

    // Apple's have two arguments more, a position and options, both zero; Linux' fsetxattr has flags in place of the first, and what
    // is left over stays in registers that nobody looks at.
    [LibraryImport(Library, EntryPoint = "fsetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetAttribute(
        SafeFileHandle file,
        string name,
        ref readonly byte value,
        nuint size,
        uint position,
        int options
    );

    [LibraryImport(Library, EntryPoint = "fgetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GetAttribute(SafeFileHandle file, string name, ref byte value, nuint size, uint position, int options);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle CreateAtCommon(SafeFileHandle directory, string name, int flags, uint mode);

    // openat is variadic, and Apple's arm64 takes variadic arguments from the stack: five fillers push the mode there.
    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle CreateAtAppleArm(
        SafeFileHandle directory,
        string name,
        int flags,
        nint a,
        nint b,
        nint c,
        nint d,
        nint e,
        nuint mode
    );
}
