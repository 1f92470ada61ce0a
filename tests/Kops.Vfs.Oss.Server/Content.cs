using System.Security.Cryptography;

namespace Kops.Vfs.Oss.Server;

/// <summary>The bytes of an object or a part: in memory, or in a file when they are many.</summary>
internal sealed record Content(byte[]? Bytes, string? File, long Length, byte[] Md5)
{
    private const int MemoryBytes = 256 * 1024;

    internal string Hex => Convert.ToHexString(Md5);

    internal Stream Open() =>
        Bytes is { } bytes
            ? new MemoryStream(bytes, writable: false)
            : new FileStream(File!, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>Takes a body whole, or several contents as one.</summary>
    internal static async Task<Content> ReadAsync(string directory, IEnumerable<Stream> sources, CancellationToken cancellationToken)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var memory = new MemoryStream();
        FileStream? file = null;
        try
        {
            long length = 0;
            var buffer = new byte[64 * 1024];
            foreach (var source in sources)
            {
                await using var closing = source;
                for (int count; (count = await source.ReadAsync(buffer, cancellationToken)) > 0; length += count)
                {
                    md5.AppendData(buffer, 0, count);
                    if (file is null && length + count > MemoryBytes)
                    {
                        file = new FileStream(
                            Path.Combine(directory, Guid.NewGuid().ToString("N")),
                            FileMode.CreateNew,
                            FileAccess.Write,
                            FileShare.Read
                        );
                        memory.WriteTo(file);
                    }

                    if (file is null)
                        memory.Write(buffer, 0, count);
                    else
                        await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }

            return new Content(file is null ? memory.ToArray() : null, file?.Name, length, md5.GetHashAndReset());
        }
        finally
        {
            if (file is not null)
                await file.DisposeAsync();
        }
    }
}
