using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files.Native;

/// <summary>What the file system says of a file.</summary>
internal readonly partial record struct FileStat(FileKind Kind, ulong Inode, ulong Links, long Size, long Seconds, uint Nanoseconds)
{
    internal DateTimeOffset LastModified => DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanoseconds / 100);

    /// <summary>Whether nobody wrote into the file between two looks. Links do not count: a new object has two for a moment.</summary>
    internal bool SameContent(in FileStat other) => this with { Links = other.Links } == other;

    /// <summary>Looks at an open file; null leaves the reason in the last error.</summary>
    internal static FileStat? Of(SafeFileHandle file)
    {
        if (OperatingSystem.IsMacOS())
        {
            AppleStat apple = default;
            var result =
                RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? AppleArm(file, ref apple) : AppleIntel(file, ref apple);
            return result == 0 ? From(apple) : null;
        }

        LinuxStat linux = default;
        return
            StatX(
                file,
                string.Empty,
                0x1000 /* AT_EMPTY_PATH */
                ,
                StatXBasic,
                ref linux
            ) == 0
            ? From(linux)
            : null;
    }

    /// <summary>Looks at a name in a directory without following a link; null leaves the reason in the last error.</summary>
    internal static FileStat? Of(SafeFileHandle directory, string name)
    {
        if (OperatingSystem.IsMacOS())
        {
            const int noFollow = 0x20;
            AppleStat apple = default;
            var result =
                RuntimeInformation.ProcessArchitecture is Architecture.Arm64
                    ? AppleArm(directory, name, ref apple, noFollow)
                    : AppleIntel(directory, name, ref apple, noFollow);
            return result == 0 ? From(apple) : null;
        }

        LinuxStat linux = default;
        return
            StatX(
                directory,
                name,
                0x100 /* AT_SYMLINK_NOFOLLOW */
                ,
                StatXBasic,
                ref linux
            ) == 0
            ? From(linux)
            : null;
    }

    private static FileStat From(in LinuxStat stat) =>
        new(KindOf(stat.Mode), stat.Inode, stat.Links, (long)stat.Size, stat.Seconds, stat.Nanoseconds);

    private static FileStat From(in AppleStat stat) =>
        new(KindOf(stat.Mode), stat.Inode, stat.Links, stat.Size, stat.Seconds, (uint)stat.Nanoseconds);

    private static FileKind KindOf(ushort mode) =>
        (mode & 0xF000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };

    private const uint StatXBasic = 0x7ff;

    // statx has one layout on every Linux; struct stat has one for each processor.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct LinuxStat
    {
        [FieldOffset(16)]
        internal uint Links;

        [FieldOffset(28)]
        internal ushort Mode;

        [FieldOffset(32)]
        internal ulong Inode;

        [FieldOffset(40)]
        internal ulong Size;

        [FieldOffset(112)]
        internal long Seconds;

        [FieldOffset(120)]
        internal uint Nanoseconds;
    }

    // struct stat with 64-bit inodes, <sys/stat.h> of macOS.
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct AppleStat
    {
        [FieldOffset(4)]
        internal ushort Mode;

        [FieldOffset(6)]
        internal ushort Links;

        [FieldOffset(8)]
        internal ulong Inode;

        [FieldOffset(48)]
        internal long Seconds;

        [FieldOffset(56)]
        internal long Nanoseconds;

        [FieldOffset(96)]
        internal long Size;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeFileHandle directory, string name, int flags, uint mask, ref LinuxStat stat);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int AppleArm(SafeFileHandle file, ref AppleStat stat);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int AppleIntel(SafeFileHandle file, ref AppleStat stat);

    [LibraryImport("libc", EntryPoint = "fstatat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AppleArm(SafeFileHandle directory, string name, ref AppleStat stat, int flags);

    [LibraryImport("libc", EntryPoint = "fstatat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AppleIntel(SafeFileHandle directory, string name, ref AppleStat stat, int flags);
}
