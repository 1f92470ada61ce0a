using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Gcs.Credentials;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>The service's address, the token of requests to it, and what it says with an answer that is none of success.</summary>
internal sealed class GcsService : IRestService
{
    private const string LimitReasons = "rateLimitExceeded userRateLimitExceeded slowDown backendError";

    /// <summary>Longer than any one request waits, and less than the five minutes for which the metadata server keeps its own.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(4);

    private readonly GcsOptions _options;
    private readonly Uri _address;
    private readonly Lazy<HttpClient> _http;
    private readonly Lazy<DefaultCredentials> _credentials;
    private readonly TokenCache<GoogleToken> _tokens;

    internal GcsService(GcsOptions options, TimeProvider clock)
    {
        (_options, _address) = (options, GcsUris.Root(options.Endpoint));
        _http = new(() => StoreNetwork.Create(options, clock, Trace));
        _credentials = new(() => new DefaultCredentials(options, _http.Value, Margin + TimeSpan.FromMinutes(1), clock));
        _tokens = new(token => _credentials.Value.FetchAsync(Scopes.Storage, token), token => token.Expires, Margin, clock);
    }

    public RequestTrace Trace { get; } = new();

    public async ValueTask<IAuthorization> AuthorizeAsync(RestRequest request, CancellationToken cancellationToken)
    {
        // Tokens go to the service alone: the address of an upload is whatever it said.
        var isOurs =
            !request.IsAbsolute
            || (new Uri(request.Path) is var uri && uri.Authority == _address.Authority && uri.Scheme == _address.Scheme);
        return new Authorization(
            this,
            isOurs && !_options.Anonymous ? await _tokens.GetAsync(cancellationToken).ConfigureAwait(false) : null
        );
    }

    /// <remarks>308 says that an upload is to be continued.</remarks>
    public bool IsSuccess(HttpResponseMessage response) =>
        response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.PermanentRedirect;

    /// <remarks>
    /// The service has an id for each request; an emulator may have none. Whether JSON is what was asked for shows when it is read.
    /// </remarks>
    public bool IsOwn(HttpResponseMessage response) =>
        response.Headers.Contains("X-GUploader-UploadID")
        || response.Headers.Contains("X-Goog-Generation")
        || !ForeignAnswerException.IsPage(response);

    public RestFailure Explain(RestFailure failure, HttpResponseMessage response, string body, IAuthorization by)
    {
        var (reason, message) = Parse(body);
        var isLimited =
            response.StatusCode is HttpStatusCode.Forbidden && reason.Length > 0 && LimitReasons.Contains(reason, StringComparison.Ordinal);
        return failure with
        {
            Code = reason,
            Message = message,
            RequestId = response.Header("X-GUploader-UploadID") is { } id ? "request " + id : null,
            IsTransient = failure.IsTransient || isLimited,
            IsAbsence = failure.IsAbsence || response.StatusCode is HttpStatusCode.Gone,
        };
    }

    public void Dispose()
    {
        _tokens.Dispose();
        if (_credentials.IsValueCreated)
            _credentials.Value.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    /// <remarks>Source: JSON API, "HTTP status and error codes": <c>{"error": {"message": ..., "errors": [{"reason": ...}]}}</c>. Uploads
    /// may answer in plain text.</remarks>
    private static (string Reason, string Message) Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var error = document.RootElement.Member("error");
            if (error.ValueKind is JsonValueKind.String)
                return (error.GetString()!, document.RootElement.Text("error_description") ?? string.Empty);
            var reason = error.Items("errors").FirstOrDefault().Text("reason") ?? error.Text("status");
            return (reason ?? string.Empty, error.Text("message") ?? string.Empty);
        }
        catch (JsonException)
        {
            var line = text.AsSpan().Trim();
            line = line.IndexOfAny('\r', '\n') is var end and >= 0 ? line[..end] : line;
            return (string.Empty, line.Length is 0 or > 200 || line[0] == '<' ? string.Empty : line.ToString());
        }
    }

    private sealed class Authorization(GcsService service, GoogleToken? token) : IAuthorization
    {
        public HttpClient Http => service._http.Value;

        public Uri Address => service._address;

        public void Sign(HttpRequestMessage message, RestRequest request)
        {
            if (token is null)
                return;
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            if (service._credentials.Value.QuotaProject is { } project)
                message.Headers.TryAddWithoutValidation("X-Goog-User-Project", project);
        }

        public bool Renew(RestFailure refused)
        {
            if (token is null || refused.Status is not HttpStatusCode.Unauthorized)
                return false;
            service._tokens.Forget(token);
            return true;
        }
    }
}
