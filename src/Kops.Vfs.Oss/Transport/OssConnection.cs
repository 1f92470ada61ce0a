using System.Net;
using System.Net.Http;
using Kops.Vfs.Network;
using Kops.Vfs.Oss.Identity;
using Kops.Vfs.Oss.Signing;

namespace Kops.Vfs.Oss.Transport;

/// <summary>
/// Sends signed requests to a bucket. Nothing is thrown but cancellation and what a body throws: how a request ended is a value.
/// </summary>
internal sealed class OssConnection(string bucket, OssOptions options, TimeProvider clock) : IDisposable
{
    private const int SmallBytes = 256 * 1024;
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private readonly Lock _gate = new();
    private HttpClient? _http;
    private OssKeys? _keys;
    private volatile bool _isOld = options.Signature is OssSignature.V1;

    /// <summary>The retry loop.</summary>
    internal RequestRetry<ServiceAnswer, ServiceFailure> Retry { get; } = new(options, clock);

    public void Dispose()
    {
        _keys?.Dispose();
        _http?.Dispose();
    }

    /// <summary>Sends a request until there is an answer.</summary>
    internal ValueTask<ServiceAnswer> SendAsync(OssRequest request, CancellationToken cancellationToken) =>
        Retry.RunAsync(token => TryAsync(request, token), cancellationToken);

    /// <summary>Sends a request once; or twice, when the instance's key was refused.</summary>
    internal async ValueTask<ServiceAnswer> TryAsync(OssRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Open();
        var answer = await TryAsync(request, _isOld, cancellationToken).ConfigureAwait(false);
        if (
            _isOld
            || options.Signature is not OssSignature.Either
            || answer.Failure is not { } failure
            || !OssFailures.MayBeAboutSignature(failure)
        )
            return answer;
        // What is wrong with the older one, too, is not the signature's fault.
        var old = await TryAsync(request, true, cancellationToken).ConfigureAwait(false);
        if (old.Response is null)
            return answer;
        _isOld = true;
        return old;
    }

    private async ValueTask<ServiceAnswer> TryAsync(OssRequest request, bool isOld, CancellationToken cancellationToken)
    {
        try
        {
            for (var again = false; ; again = true)
            {
                var key = await _keys!.GetAsync(cancellationToken).ConfigureAwait(false);
                using var message = await CreateAsync(request, key, isOld, cancellationToken).ConfigureAwait(false);
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
                    var failure = await OssFailures.FromAsync(response, clock, cancellationToken).ConfigureAwait(false);
                    if (OssFailures.IsExpired(failure) && !again && _keys.Forget(key))
                        continue;
                    return new ServiceAnswer(null, failure);
                }
            }
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && ServiceFailure.Find<StoreException>(e) is null
                && e is HttpRequestException or IOException or OssSignInException
            )
        {
            return new ServiceAnswer(null, OssFailures.From(e));
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

    private async ValueTask<HttpRequestMessage> CreateAsync(
        OssRequest request,
        OssAccessKey key,
        bool isOld,
        CancellationToken cancellationToken
    )
    {
        var content = request.Body is null ? null : await request.Body(cancellationToken).ConfigureAwait(false);
        var query = OssText.Query(request.Query);
        var path = $"/{OssText.EncodePath(request.Key)}{(query.Length == 0 ? string.Empty : "?")}{query}";
        var authority = options.PathStyle
            ? $"{options.Endpoint.Scheme}://{options.Endpoint.Authority}/{bucket}"
            : $"{options.Endpoint.Scheme}://{bucket}.{options.Endpoint.Authority}";
        var message = new HttpRequestMessage(request.Method, new Uri(authority + path, AsWritten)) { Content = content };
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        var resource = $"/{bucket}/{request.Key}";
        if (isOld)
            SignatureV1.Sign(message, resource, request.Query, key, clock.GetUtcNow());
        else
            SignatureV4.Sign(message, resource, request.Query, key, options.Region, clock.GetUtcNow());
        return message;
    }

    /// <summary>Makes what is needed when the first request is sent, so that opening a store costs nothing.</summary>
    private void Open()
    {
        lock (_gate)
        {
            if (_http is not null)
                return;
            var http = StoreNetwork.Create(options, clock);
            _keys = new OssKeys(options, http, clock);
            _http = http;
        }
    }
}
