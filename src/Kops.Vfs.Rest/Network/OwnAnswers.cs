using System.Net;
using System.Net.Http;

namespace Kops.Vfs.Rest.Network;

/// <summary>
/// What an SDK gets to see: no answer of success or of absence that is not the service's own, of which it would make an empty listing or a
/// bucket that does not exist, and no failure whose content broke off, of which it would keep the status alone.
/// </summary>
internal sealed class OwnAnswers(HttpMessageHandler network, Func<HttpResponseMessage, bool> isOwn) : DelegatingHandler(network)
{
    /// <summary>No service says more about a failure.</summary>
    private const int LongestFailure = 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if ((response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound) && !isOwn(response))
                throw await ForeignAnswerException.OfAsync(response, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode && request.Method != HttpMethod.Head)
                await response.Content.LoadIntoBufferAsync(LongestFailure, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
