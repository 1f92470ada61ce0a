using System.Net.Http;
using System.Security.Authentication;

namespace Kops.Vfs.Rest.Network;

/// <summary>What can be told of a request that got no answer, from what was thrown.</summary>
public static class NetworkFailure
{
    /// <summary>
    /// Whether the request may have reached the service. What fails while the connection is made (its name, the connection itself, TLS, the
    /// proxy's tunnel) fails before a byte of the request is sent.
    /// </summary>
    public static bool MayHaveBeenSent(Exception exception) =>
        Find<AuthenticationException>(exception) is null
        && Find<HttpRequestException>(exception)
            is not {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            };

    /// <summary>
    /// Whether the same request may succeed later. A certificate that is not trusted will not be so at the next try, and what answers in
    /// place of the service will again.
    /// </summary>
    public static bool IsTransient(Exception exception) =>
        Find<AuthenticationException>(exception) is null && Find<ForeignAnswerException>(exception) is null;

    /// <summary>The first exception of a kind, among one and its causes.</summary>
    public static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }

        return null;
    }
}
