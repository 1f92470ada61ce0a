using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Kops.Vfs.Conformance.Faults;

/// <summary>A TCP proxy in front of a server that hurts requests on purpose.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Func<string, Fault> _plan;
    private readonly string _busyCode;
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="server">The real server.</param>
    /// <param name="plan">The fault for a request, by its first line.</param>
    /// <param name="busyCode">The service's code that asks to slow down.</param>
    public FaultProxy(Uri server, Func<string, Fault> plan, string busyCode = "SlowDown")
    {
        (_server, _plan, _busyCode) = (server, plan, busyCode);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Faults so far.</summary>
    public int Faults => Volatile.Read(ref _faults);

    private int _faults;

    /// <summary>Called after the server has carried out a request whose answer is lost.</summary>
    public Func<Task>? AfterLostAnswer { get; set; }

    /// <summary>Called with a request's first line before it is passed on, which waits for it.</summary>
    public Func<string, Task>? BeforeRequest { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _listener.Dispose();
    }

    private static string Canned(int status, string code) =>
        $"<Error><Code>{code}</Code><RequestId>proxy</RequestId></Error>" is var body
            ? $"HTTP/1.1 {status} {code}\r\nContent-Type: application/xml\r\nx-ms-error-code: {code}\r\nContent-Length: "
                + $"{body.Length}\r\nRetry-After: 0\r\nConnection: close\r\n\r\n{body}"
            : string.Empty;

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = Task.Run(async () =>
            {
                using (client)
                {
                    try
                    {
                        await ServeAsync(client);
                    }
                    catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
                    {
                        client.LingerState = new LingerOption(true, 0);
                    }
                }
            });
        }
    }

    /// <summary>One request for each connection.</summary>
    private async Task ServeAsync(TcpClient client)
    {
        var stream = client.GetStream();
        if (await ReadRequestAsync(stream) is not { } request)
            return;
        var fault = _plan(request.FirstLine);
        if (fault is not Fault.None)
            Interlocked.Increment(ref _faults);
        switch (fault)
        {
            case Fault.Reset:
                client.LingerState = new LingerOption(true, 0);
                return;
            case Fault.SlowDown:
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Canned(503, _busyCode)), _stop.Token);
                return;
            case Fault.TryAgain:
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Canned(409, "ConditionalRequestConflict")), _stop.Token);
                return;
            case Fault.ServerError:
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Canned(500, "InternalError")), _stop.Token);
                return;
            case Fault.Silence:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return;
            case Fault.Delay:
                await Task.Delay(50, _stop.Token);
                break;
        }

        if (BeforeRequest is { } before)
            await before(request.FirstLine);
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(_server.Host, _server.Port, _stop.Token);
        await using var answering = await AskAsync(upstream);
        await answering.WriteAsync(request.Bytes, _stop.Token);
        using var answer = new MemoryStream();
        await answering.CopyToAsync(answer, _stop.Token);
        if (fault is Fault.LostAnswer && AfterLostAnswer is { } then)
            await then();
        if (fault is Fault.LostAnswer or Fault.Truncated)
            client.LingerState = new LingerOption(true, 0);
        if (fault is Fault.LostAnswer)
            return;
        await stream.WriteAsync(
            answer.GetBuffer().AsMemory(0, (int)(fault is Fault.Truncated ? answer.Length / 2 : answer.Length)),
            _stop.Token
        );
        // A reset would overtake what is still on its way.
        if (fault is Fault.Truncated)
            await Task.Delay(20, _stop.Token);
    }

    /// <summary>
    /// The stream to the server, which may want TLS; what it is called there and who vouches for it is not what is tested.
    /// </summary>
    private async Task<Stream> AskAsync(TcpClient upstream)
    {
        if (_server.Scheme is not "https")
            return upstream.GetStream();
#pragma warning disable CA5359 // A server of the tests, on loopback.
        var secured = new SslStream(upstream.GetStream(), false, static (_, _, _, _) => true);
#pragma warning restore CA5359
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = _server.Host }, _stop.Token);
        return secured;
    }

    /// <summary>Reads a request whole, and asks the server to close the connection after its answer.</summary>
    private async Task<(string FirstLine, byte[] Bytes)?> ReadRequestAsync(NetworkStream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var end = -1;
        while (end < 0)
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
                return null;
            bytes.Write(buffer, 0, count);
            end = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("\r\n\r\n"u8);
        }

        var head = Encoding.Latin1.GetString(bytes.GetBuffer(), 0, end);
        var lines = head.Split("\r\n");
        var length = lines.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } header
            ? int.Parse(header.AsSpan(header.IndexOf(':') + 1))
            : 0;
        while (bytes.Length < end + 4 + length)
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
                return null;
            bytes.Write(buffer, 0, count);
        }

        var changed = Encoding.Latin1.GetBytes(head + "\r\nConnection: close\r\n\r\n");
        return (lines[0], [.. changed, .. bytes.ToArray().AsSpan(end + 4)]);
    }
}
