using System.Net.Http;
using Kops.Vfs.Drivers;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Rest.Requests;

/// <summary>
/// Sends requests to a service. Nothing is thrown but cancellation and what a body throws: how a request ended is a value.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="options">How patiently it is asked.</param>
/// <param name="clock">The time.</param>
public class RestConnection(IRestService service, NetworkOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>Content up to this many bytes arrives whole or is asked for anew, in whatever version is current then.</summary>
    public const int SmallBytes = 256 * 1024;

    /// <summary>The retry loop.</summary>
    public RestRetry Retry { get; } = new(options, clock);

    /// <summary>Tells of each try from here on.</summary>
    public void Trace(Action<RequestTry> tell) => service.Trace.To(tell);

    /// <summary>Sends a request until there is an answer.</summary>
    public ValueTask<RestAnswer> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
        Retry.RunAsync(token => TryAsync(request, token), cancellationToken);

    /// <summary>Sends a request once; or twice, when its credential was refused and there is another.</summary>
    public virtual async ValueTask<RestAnswer> TryAsync(RestRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            for (var again = false; ; again = true)
            {
                var by = await service.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
                using var message = await request.CreateAsync(by.Address, cancellationToken).ConfigureAwait(false);
                by.Sign(message, request);
                var response = await by
                    .Http.SendAsync(
                        message,
                        request.Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                if (service.IsSuccess(response))
                {
                    if (!service.IsOwn(response))
                    {
                        using (response)
                            throw await ForeignAnswerException.OfAsync(response, cancellationToken).ConfigureAwait(false);
                    }

                    if (request.Streams && response.Content.Headers.ContentLength <= SmallBytes)
                        await LoadAsync(response, cancellationToken).ConfigureAwait(false);
                    return new RestAnswer(response, null);
                }

                using (response)
                {
                    var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                    var failure = service.Explain(RestFailure.From(response, clock), response, body, by);
                    // That something is absent is believed of the service alone.
                    if (failure.IsAbsence && !service.IsOwn(response))
                        throw await ForeignAnswerException.OfAsync(response, cancellationToken).ConfigureAwait(false);
                    if (!again && by.Renew(failure))
                        continue;
                    return new RestAnswer(null, failure);
                }
            }
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested
                && NetworkFailure.Find<StoreException>(e) is null
                && e is HttpRequestException or IOException or SignInException
            )
        {
            return new RestAnswer(null, RestFailure.From(e));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connections.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            service.Dispose();
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
}
