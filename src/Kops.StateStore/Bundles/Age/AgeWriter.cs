using System.Security.Cryptography;

namespace Kops.StateStore.Bundles.Age;

/// <summary>
/// Encrypts what is written to it. Only <see cref="EndAsync"/> makes the file complete: one that was given up cannot be opened.
/// </summary>
public sealed class AgeWriter : Stream
{
    private readonly Stream _inner;
    private readonly AgePayload _payload;
    private readonly byte[] _chunk = new byte[AgePayload.ChunkBytes];
    private int _count;

    private AgeWriter(Stream inner, AgePayload payload) => (_inner, _payload) = (inner, payload);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Begins a file for recipients, or for one passphrase.</summary>
    public static async Task<AgeWriter> BeginAsync(Stream inner, IReadOnlyList<AgeKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Any(key => key.Identity is not null) || keys.Count == 0 || (keys.Count > 1 && keys.Any(key => key.Passphrase is not null)))
            throw new AgeException("a file is encrypted for one or more recipients, or with one passphrase alone");
        var (fileKey, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(AgePayload.NonceBytes));
        await inner.WriteAsync(AgeHeader.Write(keys, fileKey), cancellationToken).ConfigureAwait(false);
        await inner.WriteAsync(nonce, cancellationToken).ConfigureAwait(false);
        return new AgeWriter(inner, new AgePayload(fileKey, nonce));
    }

    /// <summary>Writes the last chunk. The stream inside stays open.</summary>
    public async Task EndAsync(CancellationToken cancellationToken = default)
    {
        await _inner.WriteAsync(_payload.Seal(_chunk.AsSpan(0, _count), isLast: true), cancellationToken).ConfigureAwait(false);
        await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A full chunk goes out only when something follows it: the last one is marked, and is empty only in an empty file.
            if (_count == _chunk.Length)
            {
                await _inner.WriteAsync(_payload.Seal(_chunk, isLast: false), cancellationToken).ConfigureAwait(false);
                _count = 0;
            }

            var count = Math.Min(buffer.Length, _chunk.Length - _count);
            buffer[..count].CopyTo(_chunk.AsMemory(_count));
            (_count, buffer) = (_count + count, buffer[count..]);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _payload.Dispose();
        base.Dispose(disposing);
    }
}
