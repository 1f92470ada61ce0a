using System.Buffers.Binary;
using System.IO.Hashing;

namespace Kops.Vfs.Conformance;

/// <summary>Content of any length that is made as it is read and holds no memory; on the way it can do something, such as fail.</summary>
/// <param name="length">Length in bytes.</param>
/// <param name="atByte">Where <paramref name="then"/> is called; beyond the end: never.</param>
/// <param name="then">What happens there.</param>
/// <param name="seed">Makes another content of the same length.</param>
/// <param name="onRead">Called with each read.</param>
public sealed class PatternStream(long length, long atByte = long.MaxValue, Action? then = null, byte seed = 0, Action? onRead = null)
    : Stream
{
    private static readonly byte[] Block = MakeBlock();
    private long _position;
    private bool _done;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>XxHash64 of the content that a stream of a length has.</summary>
    public static async Task<ulong> HashAsync(long length, CancellationToken cancellationToken)
    {
        var hash = new XxHash64();
        await using var stream = new PatternStream(length);
        await hash.AppendAsync(stream, cancellationToken);
        return hash.GetCurrentHashAsUInt64();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        onRead?.Invoke();
        if (_position >= atByte && !_done)
        {
            _done = true;
            then?.Invoke();
        }

        var start = (int)(_position % Block.Length);
        var count = (int)Math.Min(Math.Min(buffer.Length, length - _position), Block.Length - start);
        Block.AsSpan(start, count).CopyTo(buffer);
        // Each block differs, so that one left out or sent twice is seen; however short the reads are.
        Span<byte> stamp = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(stamp, (_position - start) ^ ((long)seed << 56));
        if (start < stamp.Length)
            stamp[start..Math.Min(stamp.Length, start + count)].CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() { }

    private static byte[] MakeBlock()
    {
        var block = new byte[1 << 20];
        for (var i = 0; i < block.Length; i++)
            block[i] = (byte)((i * 31) + (i >> 8));
        return block;
    }
}
