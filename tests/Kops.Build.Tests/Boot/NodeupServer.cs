using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Kops.Build.Tests.Boot;

/// <summary>A server on loopback that hands out what stands for nodeup.</summary>
internal sealed class NodeupServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private readonly Dictionary<string, byte[]> _files = [];

    public NodeupServer()
    {
        // A port that was free a moment ago; another is tried where somebody took it.
        for (var tries = 0; ; tries++)
        {
            Address = $"http://127.0.0.1:{RandomNumberGenerator.GetInt32(20_000, 60_000)}";
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Address + "/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (tries < 20) { }
        }

        _serving = ServeAsync();
    }

    public static byte[] Nodeup { get; } = Encoding.UTF8.GetBytes("#!/bin/sh\necho \"$@\" > /log/nodeup\nenv > /log/environment\n");

    public static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Nodeup));

    public string Address { get; }

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public void Add(string path, byte[] content) => _files[path] = content;

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var path = context.Request.Url!.AbsolutePath;
                Asked.Enqueue(path);
                if (_files.TryGetValue(path, out var content))
                    await context.Response.OutputStream.WriteAsync(content);
                else
                    context.Response.StatusCode = 404;
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException) { }
    }
}
