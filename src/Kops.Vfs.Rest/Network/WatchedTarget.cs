namespace Kops.Vfs.Rest.Network;

/// <summary>What a request's body is written to. It tells a timer of every piece that the network has taken.</summary>
internal sealed class WatchedTarget(Stream target, IdleTimer idle) : Stream
{
    private const int PieceBytes = 64 * 1024;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (ReadOnlyMemory<byte> piece; !buffer.IsEmpty; buffer = buffer[piece.Length..])
        {
            piece = buffer[..Math.Min(PieceBytes, buffer.Length)];
            await target.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            idle.Touch();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        target.Write(buffer, offset, count);
        idle.Touch();
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    public override void Flush() => target.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
