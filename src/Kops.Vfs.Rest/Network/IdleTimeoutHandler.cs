using System.Net.Http;

namespace Kops.Vfs.Rest.Network;

/// <summary>
/// Gives a request up when no byte has moved for a while, in either direction. However long it takes in all is no matter.
/// </summary>
internal sealed class IdleTimeoutHandler(HttpMessageHandler inner, OneConnection connection, TimeSpan timeout, TimeProvider clock)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Bodies are at most a part long: waiting for "100 Continue" would cost more than it can save.
        request.Headers.ExpectContinue = false;
        using var idle = new IdleTimer(timeout, clock, cancellationToken);
        if (request.Content is { } content)
            request.Content = new WatchedContent(content, idle);
        connection.Begin();
        try
        {
            var response = await base.SendAsync(request, idle.Token).ConfigureAwait(false);
            if (request.Method != HttpMethod.Head)
                response.Content = await WatchAsync(response.Content, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw idle.Expired(e);
        }
    }

    private async ValueTask<HttpContent> WatchAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var watched = new StreamContent(new WatchedStream(stream, timeout, clock));
        foreach (var header in content.Headers)
            watched.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return watched;
    }
}
