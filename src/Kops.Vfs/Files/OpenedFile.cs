using System.Runtime.InteropServices;
using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>An object's file as it was found: what it is, and its content where that is small.</summary>
/// <param name="Info">What readers are told.</param>
/// <param name="Content">The whole content up to <see cref="FileVersion.HashedBytes"/>; null for a larger file.</param>
/// <param name="Stat">What the file system said, to see later whether somebody wrote into the file.</param>
internal readonly record struct OpenedFile(ObjectInfo Info, ReadOnlyMemory<byte>? Content, FileStat Stat)
{
    private const int Tries = 5;

    /// <summary>
    /// Looks at an open file, reading a small one whole. Holds to one version also when somebody writes into it in place.
    /// </summary>
    /// <returns>Null when it is a directory.</returns>
    internal static OpenedFile? From(SafeFileHandle file, string key, string operation, string path)
    {
        var stat = FileStat.Of(file) ?? throw FileErrors.Last(operation, path);
        if (stat.Kind is FileKind.Directory)
            return null;
        if (stat.Kind is not FileKind.Regular)
            throw new StoreException(StoreErrorKind.InvalidArgument, operation, path, "it is a pipe, a socket or a device, not a file");
        for (var tries = 0; tries < Tries; tries++)
        {
            if (stat.Size > FileVersion.HashedBytes)
                return new OpenedFile(InfoOf(stat.Size, FileVersion.OfStat(stat)), null, stat);
            // One byte more than was promised shows a file that grows. Whatever was read, its hash is its version.
            var content = new byte[stat.Size + 1];
            var count = Read(file, content, 0, operation, path);
            for (int read; count < stat.Size && (read = Read(file, content.AsSpan(count), count, operation, path)) > 0; )
                count += read;
            if (count == stat.Size)
            {
                var bytes = content.AsMemory(0, count);
                return new OpenedFile(InfoOf(count, FileVersion.OfContent(bytes.Span)), bytes, stat);
            }

            stat = FileStat.Of(file) ?? throw FileErrors.Last(operation, path);
        }

        throw Changing(operation, path);

        ObjectInfo InfoOf(long size, ObjectVersion version) =>
            new(key, size, version, stat.LastModified) { Mark = FileMark.Read(file, version) };
    }

    /// <summary>Reads from a place in the file; zero at its end.</summary>
    internal static int Read(SafeFileHandle file, Span<byte> buffer, long offset, string operation, string path)
    {
        while (true)
        {
            var count = Libc.ReadAt(file, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, offset);
            if (count >= 0)
                return (int)count;
            if (Marshal.GetLastPInvokeError() is not Posix.Interrupted)
                throw FileErrors.Last(operation, path);
        }
    }

    internal static StoreException Changing(string operation, string path) =>
        new(
            StoreErrorKind.Unavailable,
            operation,
            path,
            "another program is writing into the file; try again when it has finished",
            isTransient: true
        );
}
