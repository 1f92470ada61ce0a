using System.Net.Http;

namespace Kops.Vfs.Rest.Network;

/// <summary>Lets no answer of success through that is not the service's own, before an SDK makes an empty listing of it.</summary>
internal sealed class OwnAnswers(HttpMessageHandler network, Func<HttpResponseMessage, bool> isOwn) : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode || isOwn(response))
            return response;
        using (response)
            throw await ForeignAnswerException.OfAsync(response, cancellationToken).ConfigureAwait(false);
    }
}
