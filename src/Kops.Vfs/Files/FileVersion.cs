using System.Globalization;
using System.IO.Hashing;
using Kops.Vfs.Files.Native;

namespace Kops.Vfs.Files;

/// <summary>
/// Versions of files. Up to <see cref="HashedBytes"/> a version is a hash of the content: inode numbers are used again at once and
/// times move in steps of milliseconds, so two quick writes can look alike, and other programs (kOps, an editor, a
/// restore) write here too. A hash sees all of them, and content that came back is the content that was read. Larger files, which no
/// part of a cluster's state is, are told apart by inode, size and time, for reading a gigabyte to answer a stat is no service.
/// </summary>
internal static class FileVersion
{
    internal const int HashedBytes = 1 << 20;

    /// <summary>The version of a small file.</summary>
    internal static ObjectVersion OfContent(ReadOnlySpan<byte> content) => OfHash(content.Length, XxHash128.HashToUInt128(content));

    /// <summary>The version of a small file that was hashed piece by piece.</summary>
    internal static ObjectVersion OfHash(long size, UInt128 hash) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{size:x}-{hash:x32}"));

    /// <summary>The version of a large file.</summary>
    internal static ObjectVersion OfStat(in FileStat stat) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{stat.Size:x}-{stat.Inode:x}-{stat.Seconds:x}.{stat.Nanoseconds:x}"));
}
