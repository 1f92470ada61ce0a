namespace Kops.Vfs.Rest.Network;

/// <summary>
/// Sends a request over one connection only. The connection pool sends what has no body again by itself when a connection breaks, which
/// nobody would count and, of a write, nobody would know that it may have happened. Who counts the tries has to see each of them.
/// </summary>
internal sealed class OneConnection
{
    private readonly AsyncLocal<Sending?> _sending = new();

    /// <summary>Begins a request; what is written in its flow from here on belongs to it.</summary>
    internal void Begin() => _sending.Value = new Sending();

    /// <summary>Watches a new connection.</summary>
    internal Stream Watch(Stream connection) => new Watched(connection, this);

    private void Require(Stream connection, ReadOnlySpan<byte> bytes)
    {
        // The request to a proxy to make a tunnel comes before the one that goes through it.
        if (_sending.Value is not { } sending || bytes.StartsWith("CONNECT "u8))
            return;
        if (Interlocked.CompareExchange(ref sending.Connection, connection, null) is { } first && first != connection)
            throw new IOException("the connection was closed while the request was on its way");
    }

    private sealed class Sending
    {
        internal Stream? Connection;
    }

    private sealed class Watched(Stream connection, OneConnection owner) : DuplexStream(connection)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            owner.Require(this, buffer.Span);
            return base.WriteAsync(buffer, cancellationToken);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            owner.Require(this, buffer.AsSpan(offset, count));
            base.Write(buffer, offset, count);
        }
    }
}
