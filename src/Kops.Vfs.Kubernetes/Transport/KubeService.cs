using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>An API server and the access to it, as the kubeconfig has them, and what it says with an answer of failure.</summary>
internal sealed class KubeService(string? context, KubernetesOptions options, TimeProvider clock) : IRestService
{
    private readonly Lock _gate = new();
    private readonly List<HttpClient> _clients = [];
    private ClusterAccess? _access;
    private X509Certificate2? _certificate;

    /// <summary>The cluster, once it was asked for something; null before.</summary>
    internal ClusterAccess? Access => _access;

    public RequestTrace Trace { get; } = new();

    public async ValueTask<IAuthorization> AuthorizeAsync(RestRequest request, CancellationToken cancellationToken)
    {
        // Made when it is needed first, so that opening a store costs nothing.
        lock (_gate)
            _access ??= AccessResolver.Resolve(context, options, clock);
        var credential = await _access.Credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        return new Authorization(_access, credential, Client(_access, credential));
    }

    /// <remarks>All that is asked for here is answered with JSON, deletes too.</remarks>
    public bool IsOwn(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType is "application/json";

    /// <remarks>Source: API conventions, "Response Status Kind": a <c>Status</c> with reason, message and details.</remarks>
    public RestFailure Explain(RestFailure failure, HttpResponseMessage response, string body, IAuthorization by)
    {
        var said = Parse(body);
        var explained = new KubeFailure(failure)
        {
            Code = said.Text("reason") ?? string.Empty,
            Message = said.Text("message") ?? string.Empty,
            Kind = said.Member("details").Text("kind") ?? string.Empty,
            Continue = said.Member("metadata").Text("continue"),
            Credential = ((Authorization)by).Credential,
            IsRefusal = response.StatusCode is HttpStatusCode.Conflict,
        };
        return explained with { IsTransient = failure.IsTransient && !explained.IsFull };
    }

    public void Dispose()
    {
        (_access?.Credentials as IDisposable)?.Dispose();
        foreach (var client in _clients)
            client.Dispose();
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
            _clients.Add(StoreNetwork.Create(network, clock, Trace));
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

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private sealed class Authorization(ClusterAccess access, KubeCredential credential, HttpClient http) : IAuthorization
    {
        internal KubeCredential Credential => credential;

        public HttpClient Http => http;

        public Uri Address => access.Server;

        public void Sign(HttpRequestMessage message, RestRequest request)
        {
            // The handler asks for the certificate of the host that the request names.
            if (access.ServerName is { } name)
                message.Headers.Host = name;
            if (credential.Authorization is { } authorization)
                message.Headers.TryAddWithoutValidation("Authorization", authorization);
            foreach (var (header, value) in access.Impersonation)
                message.Headers.TryAddWithoutValidation(header, value);
        }

        public bool Renew(RestFailure refused) => refused.Status is HttpStatusCode.Unauthorized && access.Credentials.Forget(credential);
    }
}
