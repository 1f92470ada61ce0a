using System.Net.Http;
using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Network;

/// <summary>Tells of each try of a request, whichever loop makes it: a driver's own or that of an SDK.</summary>
public sealed class RequestTrace
{
    private volatile Action<RequestTry>? _tell;

    /// <summary>Tells of each try from here on.</summary>
    public void To(Action<RequestTry> tell) => _tell = tell;

    /// <summary>Puts it around a network.</summary>
    internal HttpMessageHandler Around(HttpMessageHandler network, TimeProvider clock) => new Handler(network, this, clock);

    private sealed class Handler(HttpMessageHandler network, RequestTrace trace, TimeProvider clock) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (trace._tell is not { } tell)
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var start = clock.GetTimestamp();
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                Tell($"HTTP {(int)response.StatusCode}", null);
                return response;
            }
            catch (Exception e)
            {
                Tell(cancellationToken.IsCancellationRequested ? "cancelled" : "failed", e);
                throw;
            }

            void Tell(string outcome, Exception? error) =>
                tell(new RequestTry(request.Method.Method, Address(request.RequestUri!), outcome, clock.GetElapsedTime(start), error));
        }

        /// <summary>Queries hold signatures, and tokens of uploads. The path is as it was written.</summary>
        private static string Address(Uri uri) => $"{uri.Scheme}://{uri.Authority}{uri.PathAndQuery.Split('?', 2)[0]}";
    }
}
