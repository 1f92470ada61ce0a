namespace Kops.Cli.Hosting;

/// <summary>
/// Standard error, on which there is nobody to tell that it cannot be written: closed before the program began (<c>2&gt;&amp;-</c>), a pipe
/// that nobody reads, a full disk. What is told there is lost then; the exit code stays.
/// </summary>
internal sealed class ErrorStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static Stream Open()
    {
        try
        {
            return new ErrorStream(Console.OpenStandardError());
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            return Null;
        }
    }

    public override void Flush() => Try(inner.Flush);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Try(() => inner.Write(buffer, offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Try(inner.Dispose);
        base.Dispose(disposing);
    }

    private static void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            // See above.
        }
    }
}
