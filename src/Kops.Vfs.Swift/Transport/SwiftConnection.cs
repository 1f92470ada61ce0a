using System.Net;
using System.Net.Http;
using Kops.Vfs.Network;
using Kops.Vfs.Swift.Identity;

namespace Kops.Vfs.Swift.Transport;

/// <summary>
/// Sends requests with their token. Nothing is thrown but cancellation and what a body throws: how a request ended is a value.
/// </summary>
internal sealed class SwiftConnection(SwiftOptions options, TimeProvider clock) : IDisposable
{
    private const int SmallBytes = 256 * 1024;
    private readonly Lock _gate = new();
    private HttpClient? _http;
    private TokenCache? _tokens;

    /// <summary>The retry loop.</summary>
    internal RequestRetry<ServiceAnswer, ServiceFailure> Retry { get; } = new(options, clock);

    public void Dispose()
    {
        _tokens?.Dispose();
        _http?.Dispose();
    }

    /// <summary>Sends a request until there is an answer.</summary>
    internal ValueTask<ServiceAnswer> SendAsync(SwiftRequest request, CancellationToken cancellationToken) =>
        Retry.RunAsync(token => TryAsync(request, token), cancellationToken);

    /// <summary>Sends a request once; or twice, when its token was refused.</summary>
    internal async ValueTask<ServiceAnswer> TryAsync(SwiftRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Open();
        try
        {
            for (var again = false; ; again = true)
            {
                var token = await _tokens!.GetAsync(cancellationToken).ConfigureAwait(false);
                using var message = await request.CreateAsync(token.StorageUrl, cancellationToken).ConfigureAwait(false);
                message.Headers.TryAddWithoutValidation("X-Auth-Token", token.Value);
                var response = await _http!
                    .SendAsync(
                        message,
                        request.Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    // Small content arrives whole or is asked for anew, in whatever version is current then.
                    if (request.Streams && response.Content.Headers.ContentLength <= SmallBytes)
                        await LoadAsync(response, cancellationToken).ConfigureAwait(false);
                    return new ServiceAnswer(response, null);
                }

                using (response)
                {
                    if (response.StatusCode is HttpStatusCode.Unauthorized && !again)
                    {
                        _tokens!.Forget(token);
                        continue;
                    }

                    return new ServiceAnswer(null, await SwiftFailures.FromAsync(response, clock, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && ServiceFailure.Find<StoreException>(e) is null
                && e is HttpRequestException or IOException or SignInException
            )
        {
            return new ServiceAnswer(null, SwiftFailures.From(e));
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

    /// <summary>Makes what is needed when the first request is sent, so that opening a store costs nothing.</summary>
    private void Open()
    {
        lock (_gate)
        {
            if (_http is not null)
                return;
            var http = StoreNetwork.Create(options, clock);
            _tokens = new TokenCache(new Keystone(options, http).FetchAsync, clock);
            _http = http;
        }
    }
}
