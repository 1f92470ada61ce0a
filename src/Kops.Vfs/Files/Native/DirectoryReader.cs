using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files.Native;

/// <summary>The names in a directory, in the file system's order, without <c>.</c> and <c>..</c>.</summary>
internal static partial class DirectoryReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Calls back for each name until <paramref name="visit"/> says false. Names that are no valid UTF-8 come as
    /// <see cref="FileKind.NotUtf8"/>, in a form that can be shown.
    /// </summary>
    /// <returns>Zero, or the error of the C library.</returns>
    /// <remarks>Reads on from where the handle stands: one enumeration for one handle.</remarks>
    internal static int Read(SafeFileHandle directory, Func<string, FileKind, bool> visit) =>
        OperatingSystem.IsMacOS() ? ReadApple(directory, visit) : ReadLinux(directory, visit);

    private static int ReadLinux(SafeFileHandle directory, Func<string, FileKind, bool> visit)
    {
        // struct linux_dirent64: inode 8, offset 8, record length 2, kind 1, name with a final NUL.
        const int nameOffset = 19;
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            while (true)
            {
                var count = (int)GetDirectoryEntries(directory, ref buffer[0], (nuint)buffer.Length);
                if (count < 0)
                    return Marshal.GetLastPInvokeError();
                if (count == 0)
                    return 0;
                for (var rest = buffer.AsSpan(0, count); rest.Length > 0; )
                {
                    var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[16..]);
                    if (!Visit(rest[nameOffset..length], rest[18], visit))
                        return 0;
                    rest = rest[length..];
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static unsafe int ReadApple(SafeFileHandle directory, Func<string, FileKind, bool> visit)
    {
        // struct dirent with 64-bit inodes: inode 8, seek offset 8, record length 2, name length 2, kind 1, name.
        var intel = RuntimeInformation.ProcessArchitecture is Architecture.X64;
        var own = Libc.OpenAt(directory, ".", Posix.OpenDirectory);
        if (own.IsInvalid)
            return Marshal.GetLastPInvokeError();
        var stream = intel ? OpenDirectoryIntel(own.DangerousGetHandle()) : OpenDirectoryArm(own.DangerousGetHandle());
        if (stream == 0)
        {
            var error = Marshal.GetLastPInvokeError();
            own.Dispose();
            return error;
        }

        own.SetHandleAsInvalid();
        try
        {
            while (true)
            {
                var entry = (byte*)(intel ? ReadDirectoryIntel(stream) : ReadDirectoryArm(stream));
                if (entry is null)
                    return Marshal.GetLastPInvokeError();
                var name = new ReadOnlySpan<byte>(
                    entry + 21,
                    BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(entry + 18, 2))
                );
                if (!Visit(name, entry[20], visit))
                    return 0;
            }
        }
        finally
        {
            _ = CloseDirectory(stream);
        }
    }

    private static bool Visit(ReadOnlySpan<byte> bytes, byte type, Func<string, FileKind, bool> visit)
    {
        var end = bytes.IndexOf((byte)0);
        if (end >= 0)
            bytes = bytes[..end];
        if (bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8))
            return true;
        var kind = type switch
        {
            0 => FileKind.Unknown,
            4 => FileKind.Directory,
            8 => FileKind.Regular,
            10 => FileKind.Link,
            _ => FileKind.Other,
        };
        string name;
        try
        {
            name = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            (name, kind) = (Shown(bytes), FileKind.NotUtf8);
        }

        return visit(name, kind);
    }

    private static string Shown(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder();
        foreach (var value in bytes)
            _ = value is >= 0x20 and < 0x7f
                ? shown.Append((char)value)
                : shown.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        return shown.ToString();
    }

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    private static partial nint GetDirectoryEntries(SafeFileHandle directory, ref byte buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenDirectoryArm(nint descriptor);

    [LibraryImport("libc", EntryPoint = "fdopendir$INODE64", SetLastError = true)]
    private static partial nint OpenDirectoryIntel(nint descriptor);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial nint ReadDirectoryArm(nint stream);

    [LibraryImport("libc", EntryPoint = "readdir$INODE64", SetLastError = true)]
    private static partial nint ReadDirectoryIntel(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir", SetLastError = true)]
    private static partial int CloseDirectory(nint stream);
}
