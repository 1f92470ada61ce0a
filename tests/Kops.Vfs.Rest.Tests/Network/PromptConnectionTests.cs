using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Kops.Vfs.Rest.Network;
using Xunit;

namespace Kops.Vfs.Rest.Tests.Network;

/// <summary>Servers that send an answer in two pieces keep the second until the first is acknowledged.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class PromptConnectionTests : IDisposable
{
    private const int Tcp = 6;
    private const int QuickAck = 12;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task What_has_arrived_is_acknowledged_while_the_rest_is_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such setting");
        _listener.Start();
        using var http = StoreNetwork.Create(new NetworkOptions { UseProxy = false }, TimeProvider.System);

        Assert.True(await IsPromptAsync(http));
    }

    [Fact]
    public async Task That_is_not_so_by_itself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have no such setting");
        _listener.Start();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        Assert.False(await IsPromptAsync(http));
    }

    /// <summary>
    /// Whether the client's socket acknowledges at once, between the header and the body of an answer on a connection that was used before.
    /// </summary>
    private async Task<bool> IsPromptAsync(HttpClient http)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Socket? server = null;
        for (var round = 1; ; round++)
        {
            var asking = http.GetAsync(new Uri($"http://127.0.0.1:{port}/"), HttpCompletionOption.ResponseHeadersRead, cancelled);
            server ??= await _listener.AcceptSocketAsync(cancelled);
            await server.ReceiveAsync(new byte[4096], cancelled);
            await server.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"u8.ToArray(), cancelled);
            using var answer = await asking;
            var reading = answer.Content.ReadAsByteArrayAsync(cancelled);
            var isPrompt = OptionOfClient(port) == 1;
            await server.SendAsync("body"u8.ToArray(), cancelled);
            Assert.Equal("body"u8.ToArray(), await reading);
            if (round < 5)
                continue;
            server.Dispose();
            return isPrompt;
        }
    }

    /// <summary>What the system says of this process's socket that is connected to a port.</summary>
    private static int OptionOfClient(int port)
    {
        foreach (var descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            if (
                File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal)
                is not true
            )
                continue;
            using var handle = new SafeSocketHandle(int.Parse(Path.GetFileName(descriptor)), ownsHandle: false);
            using var socket = new Socket(handle);
            if (socket.SocketType is not SocketType.Stream || Peer(socket) != port)
                continue;
            Span<byte> value = stackalloc byte[4];
            socket.GetRawSocketOption(Tcp, QuickAck, value);
            return BitConverter.ToInt32(value);
        }

        throw new InvalidOperationException("the client has no connection");
    }

    private static int? Peer(Socket socket)
    {
        try
        {
            return (socket.RemoteEndPoint as IPEndPoint)?.Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

/// <summary>The sockets of the process are looked through, so nobody else may open and close some meanwhile.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
