using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using Kops.Vfs.Network;

namespace Kops.Vfs.Http;

/// <summary>A file that was not read, and why.</summary>
internal sealed record HttpFetchFailure : IRequestFailure
{
    /// <summary>What the server said; null where there was no answer.</summary>
    internal HttpStatusCode? Status { get; init; }

    /// <summary>What was thrown, where there was no answer.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>What was wrong with the answer, and what to do; null where the status says it.</summary>
    internal string? Problem { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public bool IsTransient =>
        Problem is null
        && (Status is { } status ? (int)status is 408 or 425 or 429 or (>= 500 and not 501 and not 505) : !Has<AuthenticationException>());

    public bool MayHaveHappened => false;

    internal StoreException ToException(string address)
    {
        var server = new Uri(address).GetLeftPart(UriPartial.Authority);
        var (kind, detail) = ((int?)Status, Cause) switch
        {
            _ when Problem is not null => (StoreErrorKind.InvalidArgument, Problem),
            (401, _) => (
                StoreErrorKind.Unauthenticated,
                "the server wants to know who asks, which it is not told; download the file with a tool that can, and name that [HTTP 401]"
            ),
            (403, _) => (
                StoreErrorKind.PermissionDenied,
                "the server does not give this file to everybody; download it with a tool that can, and name that [HTTP 403]"
            ),
            (429, _) => (StoreErrorKind.Throttled, "the server asks to slow down; try again later [HTTP 429]"),
            (>= 500, _) => (StoreErrorKind.Unavailable, $"the server failed; try again later [HTTP {(int)Status!}]"),
            (not null, _) => (StoreErrorKind.Other, $"the server does not give the file; check the address [HTTP {(int)Status!}]"),
            _ when Has<AuthenticationException>() => (
                StoreErrorKind.Unavailable,
                $"the certificate of {server} is not trusted ({Cause!.GetBaseException().Message.TrimEnd('.')}); let this machine trust "
                    + $"its authority (SSL_CERT_FILE), or correct the address"
            ),
            (_, HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }) => (
                StoreErrorKind.Unavailable,
                $"the host of {server} cannot be found; check the address, the network and the proxy"
            ),
            (_, HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e) => (
                StoreErrorKind.Unavailable,
                $"no connection to {server} ({e.Message}); check the address, the network and the proxy"
            ),
            _ => (StoreErrorKind.Unavailable, $"the connection failed ({Cause?.GetBaseException().Message}); try again"),
        };
        return new StoreException(kind, "read", address, detail, IsTransient, Cause);
    }

    private bool Has<T>()
        where T : Exception
    {
        for (var e = Cause; e is not null; e = e.InnerException)
        {
            if (e is T)
                return true;
        }

        return false;
    }
}
