using Kops.Vfs;
using Kops.Vfs.Drivers;

namespace Kops.StateStore.Bundles;

/// <summary>A stream that is read once and knows its length, which a tar entry's head must say.</summary>
internal sealed class SizedStream(Stream inner, long length) : ForwardStream
{
    private long _position;

    // The writer of archives asks a stream's length only where it can seek; it never does.
    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += count;
        return count;
    }
}
