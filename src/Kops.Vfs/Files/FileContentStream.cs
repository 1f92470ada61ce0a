using Kops.Vfs.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace Kops.Vfs.Files;

/// <summary>
/// The content of a large file, to exactly the size that was promised; somebody who writes into the file meanwhile is an error.
/// </summary>
internal sealed class FileContentStream(SafeFileHandle file, FileStat stat, string path) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => stat.Size;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > stat.Size - _position)
            buffer = buffer[..(int)(stat.Size - _position)];
        var count = buffer.Length == 0 ? 0 : OpenedFile.Read(file, buffer, _position, "read", path);
        _position += count;
        var unchanged = (count > 0 && _position < stat.Size) || FileStat.Of(file)?.SameContent(stat) == true;
        return unchanged ? count : throw OpenedFile.Changing("read", path);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
