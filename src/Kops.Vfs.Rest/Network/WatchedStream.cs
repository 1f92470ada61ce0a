using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Network;

/// <summary>An answer's body whose every read must bring something within a time limit.</summary>
internal sealed class WatchedStream(Stream inner, TimeSpan timeout, TimeProvider clock) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var idle = new IdleTimer(timeout, clock, cancellationToken);
        try
        {
            return await inner.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw idle.Expired(e);
        }
    }

    // The SDK parses small answers with the synchronous face.
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
