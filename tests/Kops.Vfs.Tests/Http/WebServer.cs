using System.Net;

namespace Kops.Vfs.Tests.Http;

/// <summary>A web server on loopback that says what a test wants it to say.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Action<HttpListenerContext> _answer;
    private readonly Task _serving;
    private int _requests;

    internal WebServer(Action<HttpListenerContext> answer)
    {
        _answer = answer;
        // There is no "any free port" here: another program may take it in between.
        for (var tries = 0; ; tries++)
        {
            var port = Random.Shared.Next(20000, 30000);
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Address = $"http://127.0.0.1:{port}";
                break;
            }
            catch (HttpListenerException) when (tries < 50)
            {
            }
        }

        _serving = ServeAsync();
    }

    internal string Address { get; }

    internal int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Answers with a text.</summary>
    internal static void Say(HttpListenerContext context, string text, string? tag = null)
    {
        if (tag is not null) context.Response.Headers["ETag"] = tag;
        context.Response.OutputStream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var context = await _listener.GetContextAsync();
            Interlocked.Increment(ref _requests);
            try
            {
                _answer(context);
                context.Response.Close();
            }
            catch (Exception e) when (e is IOException or HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                context.Response.Abort();
            }
        }
    }
}
