using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kops.Vfs.Gcs.Server.Objects;

/// <summary>Takes bytes as they arrive, and hashes them.</summary>
internal sealed class ContentWriter(string directory) : IDisposable
{
    private const int MemoryBytes = 256 * 1024;
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private MemoryStream? _memory = new();
    private FileStream? _file;
    private uint _crc = uint.MaxValue;

    internal long Length { get; private set; }

    public void Dispose()
    {
        _md5.Dispose();
        _memory?.Dispose();
        _file?.Dispose();
    }

    internal async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes.Span);
        foreach (var word in words)
            _crc = BitOperations.Crc32C(_crc, word);
        foreach (var b in bytes.Span[(words.Length * 8)..])
            _crc = BitOperations.Crc32C(_crc, b);
        _md5.AppendData(bytes.Span);
        Length += bytes.Length;
        if (_memory is { } memory && Length > MemoryBytes)
        {
            _file = new FileStream(
                Path.Combine(directory, Guid.NewGuid().ToString("N")),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.Read
            );
            memory.Position = 0;
            await memory.CopyToAsync(_file, cancellationToken);
            _memory = null;
        }

        if (_file is not null)
            await _file.WriteAsync(bytes, cancellationToken);
        else
            _memory!.Write(bytes.Span);
    }

    internal Content Finish()
    {
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, ~_crc);
        _file?.Dispose();
        return new Content(_memory?.ToArray(), _file?.Name, Length, _md5.GetHashAndReset(), Convert.ToBase64String(crc));
    }
}
