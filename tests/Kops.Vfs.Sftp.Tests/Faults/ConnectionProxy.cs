using System.Net;
using System.Net.Sockets;

namespace Kops.Vfs.Sftp.Tests.Faults;

/// <summary>What befalls a connection. Bytes beyond the limits are never handed on.</summary>
/// <param name="Up">Bytes to the server after which it breaks; null for no limit.</param>
/// <param name="Down">Bytes from the server after which it breaks.</param>
public sealed record Cut(long? Up = null, long? Down = null)
{
    /// <summary>Whether it goes silent and is not reset.</summary>
    public bool Silently { get; init; }
}

/// <summary>A TCP proxy in front of a server that breaks connections. What is in them is encrypted: it counts bytes alone.</summary>
public sealed class ConnectionProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly Func<int, Cut> _plan;
    private readonly Task _accepting;
    private long _up;
    private long _down;
    private int _breaks;
    private int _connections;

    /// <param name="server">The server's port on this machine.</param>
    /// <param name="plan">What befalls a connection, by its number from 0 on.</param>
    public ConnectionProxy(int server, Func<int, Cut> plan)
    {
        (_server, _plan) = (server, plan);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes handed on to the server, and from it.</summary>
    public (long Up, long Down) Bytes => (Volatile.Read(ref _up), Volatile.Read(ref _down));

    /// <summary>Connections that were broken.</summary>
    public int Breaks => Volatile.Read(ref _breaks);

    /// <summary>Connections that were asked for.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client, _plan(Interlocked.Increment(ref _connections) - 1));
        }
    }

    private async Task ServeAsync(TcpClient client, Cut cut)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
                var up = PumpAsync(client, server, cut.Up, count => Interlocked.Add(ref _up, count), over.Token);
                var down = PumpAsync(server, client, cut.Down, count => Interlocked.Add(ref _down, count), over.Token);
                var broke = await await Task.WhenAny(up, down);
                if (broke)
                {
                    Interlocked.Increment(ref _breaks);
                    if (cut.Silently)
                        await Task.Delay(Timeout.Infinite, _stop.Token);
                    client.LingerState = new LingerOption(true, 0);
                }

                // What the server still does, it does.
                await over.CancelAsync();
                await ((Task)Task.WhenAll(up, down)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException) { }
        }
    }

    /// <returns>Whether it was the limit that ended it.</returns>
    private static async Task<bool> PumpAsync(
        TcpClient from,
        TcpClient to,
        long? limit,
        Action<int> count,
        CancellationToken cancellationToken
    )
    {
        var (source, target) = (from.GetStream(), to.GetStream());
        var buffer = new byte[64 * 1024];
        for (var left = limit ?? long.MaxValue; ; )
        {
            int read;
            try
            {
                read = await source.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException)
            {
                return false;
            }

            if (read == 0)
                return false;
            var kept = (int)Math.Min(read, left);
            await target.WriteAsync(buffer.AsMemory(0, kept), cancellationToken);
            count(kept);
            if ((left -= kept) <= 0)
                return true;
        }
    }
}
