using System.Net;
using System.Net.Http;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Swift.Configuration;
using Kops.Vfs.Swift.Identity;

namespace Kops.Vfs.Swift.Transport;

/// <summary>The account's address and its token, both from Keystone, and what Swift says with an answer that is none of success.</summary>
internal sealed class SwiftService : IRestService
{
    /// <summary>Longer than any one request waits.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly Lazy<HttpClient> _http;
    private readonly TokenCache<SwiftToken> _tokens;

    internal SwiftService(SwiftOptions options, TimeProvider clock)
    {
        _http = new(() => StoreNetwork.Create(options, clock, Trace));
        _tokens = new(token => new Keystone(options, _http.Value).FetchAsync(token), token => token.Expires, Margin, clock);
    }

    public RequestTrace Trace { get; } = new();

    public async ValueTask<IAuthorization> AuthorizeAsync(RestRequest request, CancellationToken cancellationToken) =>
        new Authorization(this, await _tokens.GetAsync(cancellationToken).ConfigureAwait(false));

    /// <remarks>Swift, and what speaks as it does, has an id for each transaction.</remarks>
    public bool IsOwn(HttpResponseMessage response) =>
        response.Headers.Contains("X-Trans-Id") || response.Headers.Contains("X-Openstack-Request-Id");

    public RestFailure Explain(RestFailure failure, HttpResponseMessage response, string body, IAuthorization by)
    {
        var status = (int)response.StatusCode;
        return failure with
        {
            Message = Line(body),
            RequestId = response.Header("X-Trans-Id") is { } id ? "transaction " + id : null,
            // 498 is Swift's own "slow down"; 507 says that a disk is full.
            IsTransient = (failure.IsTransient || status is 498) && status is not 507,
        };
    }

    public void Dispose()
    {
        _tokens.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    /// <summary>What the service said; its pages of HTML say nothing that the status does not.</summary>
    private static string Line(string text)
    {
        var line = text.AsSpan().Trim();
        line = line.IndexOfAny('\r', '\n') is var end and >= 0 ? line[..end] : line;
        return line.Length is 0 or > 200 || line[0] == '<' ? string.Empty : line.ToString();
    }

    private sealed class Authorization(SwiftService service, SwiftToken token) : IAuthorization
    {
        public HttpClient Http => service._http.Value;

        public Uri Address => token.StorageUrl;

        public void Sign(HttpRequestMessage message, RestRequest request) =>
            message.Headers.TryAddWithoutValidation("X-Auth-Token", token.Value);

        public bool Renew(RestFailure refused)
        {
            if (refused.Status is not HttpStatusCode.Unauthorized)
                return false;
            service._tokens.Forget(token);
            return true;
        }
    }
}
