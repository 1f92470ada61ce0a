using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using Kops.Vfs.Gcs.Credentials;
using Kops.Vfs.Network;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>Sends requests with their credentials. Nothing is thrown but cancellation: how a request ended is a value.</summary>
internal sealed class GcsConnection(GcsOptions options, TimeProvider clock) : IDisposable
{
    internal const int SmallBytes = 256 * 1024;
    private readonly Lock _gate = new();
    private HttpClient? _http;
    private DefaultCredentials? _credentials;
    private TokenCache? _tokens;

    /// <summary>The retry loop.</summary>
    internal RequestRetry<GcsAnswer, GcsFailure> Retry { get; } = new(options, clock);

    public void Dispose()
    {
        _tokens?.Dispose();
        _credentials?.Dispose();
        _http?.Dispose();
    }

    /// <summary>Sends a request until there is an answer.</summary>
    internal ValueTask<GcsAnswer> SendAsync(GcsRequest request, CancellationToken cancellationToken) =>
        Retry.RunAsync(token => TryAsync(request, token), cancellationToken);

    /// <summary>Sends a request once; or twice, when its token was refused.</summary>
    internal async ValueTask<GcsAnswer> TryAsync(GcsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Open();
        // Tokens go to the service alone: the address of an upload is whatever it said.
        var authorized =
            _tokens is not null && request.Uri.Authority == options.Endpoint.Authority && request.Uri.Scheme == options.Endpoint.Scheme;
        try
        {
            for (var again = false; ; again = true)
            {
                var token = authorized ? await _tokens!.GetAsync(cancellationToken).ConfigureAwait(false) : null;
                using var message = request.Create();
                if (token is not null)
                    Sign(message, token);
                var response = await _http!
                    .SendAsync(
                        message,
                        request.Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                // 308 says that an upload is to be continued.
                if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.PermanentRedirect)
                {
                    // Small content arrives whole or is asked for anew, in whatever generation is current then.
                    if (request.Streams && response.Content.Headers.ContentLength <= SmallBytes)
                        await LoadAsync(response, cancellationToken).ConfigureAwait(false);
                    return new GcsAnswer(response, null);
                }

                using (response)
                {
                    if (response.StatusCode is HttpStatusCode.Unauthorized && token is not null && !again)
                    {
                        _tokens!.Forget(token);
                        continue;
                    }

                    return new GcsAnswer(null, await GcsFailure.FromAsync(response, clock, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or IOException or CredentialException)
        {
            return new GcsAnswer(null, GcsFailure.From(e));
        }
    }

    private static async ValueTask LoadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(SmallBytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private void Sign(HttpRequestMessage message, GoogleToken token)
    {
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        if (_credentials!.QuotaProject is { } project)
            message.Headers.TryAddWithoutValidation("X-Goog-User-Project", project);
    }

    /// <summary>Makes what is needed when the first request is sent, so that opening a store costs nothing.</summary>
    private void Open()
    {
        lock (_gate)
        {
            if (_http is not null)
                return;
            var http = StoreNetwork.Create(options, clock);
            if (!options.Anonymous)
                _tokens = new TokenCache(_credentials = new DefaultCredentials(options, http, clock), clock);
            _http = http;
        }
    }
}
