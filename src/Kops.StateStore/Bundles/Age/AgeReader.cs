using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace Kops.StateStore.Bundles.Age;

/// <summary>Decrypts a file of age's. Nothing that was altered is ever given out.</summary>
public sealed class AgeReader : ForwardStream
{
    private readonly Stream _inner;
    private readonly AgePayload _payload;
    private byte[] _next;
    private ReadOnlyMemory<byte> _open;
    private bool _ended;

    private AgeReader(Stream inner, AgePayload payload, byte[] first) => (_inner, _payload, _next) = (inner, payload, first);

    /// <summary>Opens a file.</summary>
    /// <exception cref="AgeException">It is no age file, it was altered, or the key does not open it.</exception>
    public static async Task<AgeReader> BeginAsync(Stream inner, AgeKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(key);
        var fileKey = await AgeHeader.ReadAsync(inner, key, cancellationToken).ConfigureAwait(false);
        var nonce = await ChunkAsync(inner, AgePayload.NonceBytes, cancellationToken).ConfigureAwait(false);
        var first = await ChunkAsync(inner, AgePayload.ChunkBytes + AgePayload.TagBytes, cancellationToken).ConfigureAwait(false);
        return new AgeReader(inner, new AgePayload(fileKey, nonce), first);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_open.IsEmpty && !_ended)
        {
            var following =
                _next.Length < AgePayload.ChunkBytes + AgePayload.TagBytes
                    ? []
                    : await ChunkAsync(_inner, AgePayload.ChunkBytes + AgePayload.TagBytes, cancellationToken).ConfigureAwait(false);
            _ended = following.Length == 0;
            _open = _payload.Open(_next, _ended);
            _next = following;
        }

        var count = Math.Min(buffer.Length, _open.Length);
        _open[..count].CopyTo(buffer);
        _open = _open[count..];
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _payload.Dispose();
        base.Dispose(disposing);
    }

    private static async Task<byte[]> ChunkAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var chunk = new byte[length];
        var count = await stream.ReadAtLeastAsync(chunk, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return count == length ? chunk : chunk[..count];
    }
}
