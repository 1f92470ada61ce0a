using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Network;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>Sends requests with their credentials. Nothing is thrown but cancellation: how a request ended is a value.</summary>
internal sealed class KubeConnection(string? context, KubernetesOptions options, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RequestRetry<KubeAnswer, KubeFailure> _retry = new(options, clock);
    private readonly List<HttpClient> _clients = [];
    private ClusterAccess? _access;
    private X509Certificate2? _certificate;

    /// <summary>The cluster, once it was asked for something; null before.</summary>
    internal ClusterAccess? Access => _access;

    public void Dispose()
    {
        (_access?.Credentials as IDisposable)?.Dispose();
        foreach (var client in _clients)
            client.Dispose();
    }

    /// <summary>Sends a request until there is an answer.</summary>
    internal ValueTask<KubeAnswer> SendAsync(KubeRequest request, CancellationToken cancellationToken) =>
        _retry.RunAsync(token => TryAsync(request, token), cancellationToken);

    /// <summary>Sends a request once; or twice, when its credential was refused and there is another.</summary>
    private async ValueTask<KubeAnswer> TryAsync(KubeRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Made when it is needed first, so that opening a store costs nothing.
            lock (_gate)
                _access ??= AccessResolver.Resolve(context, options, clock);
            for (var again = false; ; again = true)
            {
                var credential = await _access.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
                using var message = request.Create(_access.Server);
                // The handler asks for the certificate of the host that the request names.
                if (_access.ServerName is { } name)
                    message.Headers.Host = name;
                if (credential.Authorization is { } authorization)
                    message.Headers.TryAddWithoutValidation("Authorization", authorization);
                foreach (var (header, value) in _access.Impersonation)
                    message.Headers.TryAddWithoutValidation(header, value);
                var response = await Client(_access, credential)
                    .SendAsync(message, HttpCompletionOption.ResponseContentRead, cancellationToken)
                    .ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return new KubeAnswer(response, null);
                using (response)
                {
                    if (response.StatusCode is HttpStatusCode.Unauthorized && !again && _access.Credentials.Forget(credential))
                        continue;
                    return new KubeAnswer(
                        null,
                        await KubeFailure.FromAsync(response, credential, clock, cancellationToken).ConfigureAwait(false)
                    );
                }
            }
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or CredentialException)
        {
            return new KubeAnswer(null, KubeFailure.From(e));
        }
    }

    /// <summary>The client for a certificate: connections stay with the one that they were made with.</summary>
    private HttpClient Client(ClusterAccess access, KubeCredential credential)
    {
        lock (_gate)
        {
            var certificate = credential.Certificates.Count > 0 ? credential.Certificates[0] : null;
            if (_clients.Count > 0 && ReferenceEquals(_certificate, certificate))
                return _clients[^1];
            _certificate = certificate;
            var network = options with
            {
                AcceptAnyCertificate = access.Insecure,
                Proxy = access.Proxy ?? options.Proxy,
                Configure = sockets => Configure(sockets, access, credential.Certificates),
            };
            _clients.Add(StoreNetwork.Create(network, clock));
            return _clients[^1];
        }
    }

    private static void Configure(SocketsHttpHandler sockets, ClusterAccess access, X509Certificate2Collection certificates)
    {
        sockets.AutomaticDecompression = DecompressionMethods.GZip;
        if (certificates.Count > 0)
            sockets.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificates[0],
                [.. certificates.Skip(1)],
                offline: true
            );
        if (!access.Insecure && access.Authorities is { } authorities)
        {
            // In place of the system's authorities, not beside them.
            sockets.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            sockets.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
    }
}
