using System.Globalization;
using System.IO.Hashing;

namespace Kops.Vfs.Sftp.Directories;

/// <summary>
/// Versions of files on a server. Times there move in whole seconds, so that up to <see cref="HashedBytes"/> a version is a hash of the
/// content. Larger files, which no part of a cluster's state is, are told apart by size, time, and a hash of both their ends.
/// </summary>
internal static class SftpVersion
{
    internal const int HashedBytes = 1 << 20;

    /// <summary>How much of each end of a large file is hashed.</summary>
    internal const int EndBytes = 64 * 1024;

    internal static ObjectVersion OfContent(ReadOnlySpan<byte> content) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{content.Length:x}-{XxHash128.HashToUInt128(content):x32}"));

    internal static ObjectVersion OfLarge(long size, DateTime modified, ReadOnlySpan<byte> ends) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{size:x}-{modified.Ticks / TimeSpan.TicksPerSecond:x}-{XxHash128.HashToUInt128(ends):x32}"
            )
        );
}
