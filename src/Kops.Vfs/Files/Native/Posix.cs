using System.Runtime.InteropServices;

namespace Kops.Vfs.Files.Native;

/// <summary>Numbers of the C library that differ between Linux and macOS, and on Linux between processors.</summary>
internal static class Posix
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 1;

    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int LockRelease = 8;

    internal const int PermissionError = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int InputOutput = 5;
    internal const int AccessDenied = 13;
    internal const int Exists = 17;
    internal const int NotDirectory = 20;
    internal const int IsDirectory = 21;
    internal const int TooManyFilesInSystem = 23;
    internal const int TooManyFiles = 24;
    internal const int FileTooLarge = 27;
    internal const int NoSpace = 28;
    internal const int ReadOnlyFileSystem = 30;

    private static readonly bool Apple = OperatingSystem.IsMacOS();
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64;

    internal static readonly int CloseOnExec = Apple ? 0x1000000 : 0x80000;
    internal static readonly int Create = Apple ? 0x200 : 0x40;
    internal static readonly int Exclusive = Apple ? 0x800 : 0x80;
    internal static readonly int NonBlocking = Apple ? 0x4 : 0x800;
    internal static readonly int NoFollow =
        Apple ? 0x100
        : Arm ? 0x8000
        : 0x20000;
    internal static readonly int Directory =
        Apple ? 0x100000
        : Arm ? 0x4000
        : 0x10000;

    /// <summary>O_TMPFILE: a file without a name. Linux alone has it.</summary>
    internal static readonly int Nameless = 0x400000 | Directory;

    /// <summary>AT_SYMLINK_FOLLOW of linkat.</summary>
    internal static readonly int FollowLink = Apple ? 0x40 : 0x400;

    internal static readonly int RemoveDirectory = Apple ? 0x80 : 0x200;

    internal static readonly int WouldBlock = Apple ? 35 : 11;
    internal static readonly int NotEmpty = Apple ? 66 : 39;
    internal static readonly int Loop = Apple ? 62 : 40;
    internal static readonly int NameTooLong = Apple ? 63 : 36;
    internal static readonly int QuotaExceeded = Apple ? 69 : 122;
    internal static readonly int NotSupported = Apple ? 45 : 95;

    /// <summary>The file has no attribute of that name, and could have one.</summary>
    internal static readonly int NoAttribute = Apple ? 93 : 61;
    internal static readonly int IllegalSequence = Apple ? 92 : 84;

    /// <summary>How directories are opened: never through a link.</summary>
    internal static readonly int OpenDirectory = ReadOnly | Directory | NoFollow | CloseOnExec;

    /// <summary>How objects are opened: never through a link, and never waiting for the other end of a pipe.</summary>
    internal static readonly int OpenObject = ReadOnly | NoFollow | NonBlocking | CloseOnExec;
}
