using Kops.Vfs.Gcs.Server.Api;

namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>The bytes of an object: in memory, or in a file when they are many.</summary>
internal sealed record Content(byte[]? Bytes, string? File, long Length, byte[] Md5, string Crc32C)
{
    internal string Md5Text => Convert.ToBase64String(Md5);

    internal Stream Open() =>
        Bytes is { } bytes
            ? new MemoryStream(bytes, writable: false)
            : new FileStream(File!, FileMode.Open, FileAccess.Read, FileShare.Read);
}
