using System.Net.Http;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Oss.Identity;
using Kops.Vfs.Oss.Signing;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Transport;

/// <summary>A bucket's address, the signature of requests to it, and what OSS says with an answer that is none of success.</summary>
/// <remarks>Source: OSS developer reference, "Error responses".</remarks>
internal sealed class OssService : IRestService
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly string _bucket;
    private readonly OssOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lazy<HttpClient> _http;
    private readonly TokenCache<OssAccessKey> _keys;
    private readonly Uri _address;

    internal OssService(string bucket, OssOptions options, TimeProvider clock)
    {
        (_bucket, _options, _clock) = (bucket, options, clock);
        _http = new(() => StoreNetwork.Create(options, clock, Trace));
        _keys = new(token => new InstanceRole(options, _http.Value).FetchAsync(token), key => key.Expires, Early, clock);
        _address = new Uri(
            options.PathStyle
                ? $"{options.Endpoint.Scheme}://{options.Endpoint.Authority}/{bucket}"
                : $"{options.Endpoint.Scheme}://{bucket}.{options.Endpoint.Authority}"
        );
    }

    private OssService(OssService other) =>
        (_bucket, _options, _clock, _http, _keys, _address, SignsOld) = (
            other._bucket,
            other._options,
            other._clock,
            other._http,
            other._keys,
            other._address,
            true
        );

    public RequestTrace Trace { get; } = new();

    /// <summary>Whether requests are signed in the older way.</summary>
    private bool SignsOld { get; }

    /// <summary>The same, with requests signed in the older way. Either is disposed for both.</summary>
    internal OssService Older() => new(this);

    public async ValueTask<IAuthorization> AuthorizeAsync(RestRequest request, CancellationToken cancellationToken) =>
        new Signature(this, _options.AccessKey ?? await _keys.GetAsync(cancellationToken).ConfigureAwait(false));

    /// <remarks>OSS has an id for each request; of other servers that speak as it does some have none.</remarks>
    public bool IsOwn(HttpResponseMessage response) =>
        response.Headers.Contains("x-oss-request-id") || (_options.Probe && !ForeignAnswerException.IsPage(response));

    public RestFailure Explain(RestFailure failure, HttpResponseMessage response, string body, IAuthorization by)
    {
        // The answer to a HEAD has no body; newer services put it into a header.
        if (body.Length == 0 && response.Header("x-oss-err") is { } hidden)
            body = Decode(hidden);
        var error = Parse(body);
        var code = Of("Code");
        var id = Of("RequestId") is { Length: > 0 } said ? said : response.Header("x-oss-request-id");
        return failure with
        {
            Code = code,
            Message = Of("Message").ReplaceLineEndings(" "),
            RequestId = id is null ? null : "request " + id,
            IsRefusal = failure.IsRefusal || code is "FileAlreadyExists" or "ObjectAlreadyExists",
        };

        string Of(string name) => error?.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? string.Empty;
    }

    public void Dispose()
    {
        _keys.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : string.Empty;
    }

    private static XElement? Parse(string text)
    {
        try
        {
            return text.AsSpan().TrimStart().StartsWith("<") ? XDocument.Parse(text).Root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private sealed class Signature(OssService service, OssAccessKey key) : IAuthorization
    {
        public HttpClient Http => service._http.Value;

        public Uri Address => service._address;

        public void Sign(HttpRequestMessage message, RestRequest request)
        {
            var (resource, now) = ($"/{service._bucket}{Uri.UnescapeDataString(request.Path)}", service._clock.GetUtcNow());
            if (service.SignsOld)
                SignatureV1.Sign(message, resource, request.Query, key, now);
            else
                SignatureV4.Sign(message, resource, request.Query, key, service._options.Region, now);
        }

        public bool Renew(RestFailure refused)
        {
            if (service._options.AccessKey is not null || refused.Code is not ("SecurityTokenExpired" or "InvalidSecurityToken"))
                return false;
            service._keys.Forget(key);
            return true;
        }
    }
}
