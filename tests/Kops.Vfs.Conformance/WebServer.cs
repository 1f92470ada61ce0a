using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Kops.Vfs.Conformance;

/// <summary>A web server on loopback that says what a test wants it to say.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private WebServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, without a final slash.</summary>
    public string Address => _app.Urls.First();

    /// <summary>How many requests it has seen.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Starts a server on a port that is free.</summary>
    /// <param name="answer">What it says.</param>
    /// <param name="certificate">What it shows of itself, with TLS; null for a server without.</param>
    public static async Task<WebServer> StartAsync(Func<HttpContext, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (certificate is not null)
                        listen.UseHttps(certificate);
                }
            )
        );
        var server = new WebServer(builder.Build());
        server._app.Run(context =>
        {
            Interlocked.Increment(ref server._requests);
            return answer(context);
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Starts a server that answers each request with one status and no content.</summary>
    public static Task<WebServer> SayingAsync(int status) =>
        StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

    /// <summary>The path and query as they were sent.</summary>
    public static string Target(HttpContext context) => context.Features.Get<IHttpRequestFeature>()!.RawTarget;

    /// <summary>Answers with a text.</summary>
    public static Task SayAsync(HttpContext context, string text, string? tag = null)
    {
        if (tag is not null)
            context.Response.Headers.ETag = tag;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        // Who still waits for an answer is not waited for.
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
    }
}
