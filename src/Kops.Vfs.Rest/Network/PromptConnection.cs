using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Kops.Vfs.Rest.Network;

/// <summary>
/// A connection that acknowledges at once what has arrived. Linux puts that off by 40 ms, for something to send along, and a server that
/// sends an answer in two pieces with Nagle's algorithm on, as Ceph's gateway does, keeps the second until the first is acknowledged:
/// each read of a small object would take these 40 ms.
/// </summary>
internal sealed class PromptConnection : DuplexStream
{
    private const int Tcp = 6;
    private const int QuickAck = 12; // TCP_QUICKACK, see tcp(7)
    private static readonly int On = 1;
    private readonly Socket _socket;

    private PromptConnection(Socket socket)
        : base(new NetworkStream(socket, ownsSocket: true)) => _socket = socket;

    /// <summary>Connects as <see cref="SocketsHttpHandler"/> does by itself.</summary>
    internal static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new PromptConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Acknowledge();
        return base.Read(buffer, offset, count);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Acknowledge();
        return base.ReadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what acknowledgement is due. The system forgets the wish, so it is said before each wait.</summary>
    private void Acknowledge()
    {
        try
        {
            _socket.SetRawSocketOption(Tcp, QuickAck, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in On)));
        }
        catch (SocketException)
        {
            // A connection that is gone, which the read will say, or a kernel that does not know the wish.
        }
        catch (ObjectDisposedException)
        {
            // The read will say so.
        }
    }
}
