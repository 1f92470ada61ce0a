namespace Kops.Operations.Addons;

/// <summary>What comes out of a stream, as far as a limit.</summary>
internal sealed class CountedStream(Stream inner, string name) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <exception cref="OperationException">There is more than the limit.</exception>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="OperationException">There is more than the limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _count += count;
        return _count <= SourceLimits.Unpacked
            ? count
            : throw OperationException.Failed(
                $"{name}: unpacks to more than {SourceLimits.Unpacked >> 20} MiB, which no source of kOps does"
            );
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
