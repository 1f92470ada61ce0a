using System.Net;

namespace Kops.Vfs.Swift.Tests;

/// <summary>A network that answers one request with "not found", as Swift does in the moment in which an object is replaced.</summary>
internal sealed class BlinkingHandler : DelegatingHandler
{
    private int _closed;

    /// <summary>Puts it around a network.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Wrap =>
        inner =>
        {
            InnerHandler = inner;
            return this;
        };

    /// <summary>Finds nothing for the next request.</summary>
    public void Close() => _closed = 1;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _closed, 0) == 1 ? Task.FromResult(Absent(request)) : base.SendAsync(request, cancellationToken);

    private static HttpResponseMessage Absent(HttpRequestMessage request)
    {
        var response = new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request, Content = new ByteArrayContent([]) };
        response.Headers.Add("X-Trans-Id", "tx0");
        return response;
    }
}
