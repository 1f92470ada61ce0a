using System.Net.Http;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.S3.Transport;

/// <summary>
/// Keeps why there was no connection: of an exception of HTTP the SDK hands on the cause alone, which does not say that nothing was sent.
/// </summary>
internal sealed class KeptCause(HttpMessageHandler network) : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (!NetworkFailure.MayHaveBeenSent(e))
        {
            throw new IOException(e.Message, e);
        }
    }
}
