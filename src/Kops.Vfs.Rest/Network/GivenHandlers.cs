using System.Net.Http;

namespace Kops.Vfs.Rest.Network;

/// <summary>
/// Sends each request through the handler that the program gives for it, and closes none: they are shared, and change with time.
/// </summary>
internal sealed class GivenHandlers : HttpMessageHandler
{
    private readonly Func<HttpMessageHandler> _handlers;

    /// <exception cref="ArgumentException">The options also say how connections are made, which handlers would not follow.</exception>
    internal GivenHandlers(Func<HttpMessageHandler> handlers, NetworkOptions options)
    {
        _handlers = handlers;
        var said =
            options.CertificateAuthorityFile is not null ? nameof(NetworkOptions.CertificateAuthorityFile)
            : options.AcceptAnyCertificate ? nameof(NetworkOptions.AcceptAnyCertificate)
            : options.Proxy is not null ? nameof(NetworkOptions.Proxy)
            : options.Configure is not null ? nameof(NetworkOptions.Configure)
            : null;
        if (said is not null)
            throw new ArgumentException(
                $"{nameof(NetworkOptions.HttpHandlers)} bring connections of their own: set there what {said} says, and leave it out here",
                nameof(options)
            );
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var invoker = new HttpMessageInvoker(_handlers(), disposeHandler: false);
        return await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
