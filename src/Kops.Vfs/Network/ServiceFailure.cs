using System.Net;
using System.Security.Authentication;

namespace Kops.Vfs.Network;

/// <summary>A request to a service that failed: what the service said, or why it could not be asked.</summary>
public sealed record ServiceFailure : IRequestFailure
{
    /// <summary>The status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The service's own word for it; empty where it has none.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary>What the service said, in one line; empty where it said nothing.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The service's id of the request, as its support asks for it: <c>request 5C3D</c>.</summary>
    public string? RequestId { get; init; }

    /// <inheritdoc/>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was thrown, where there was no answer.</summary>
    public Exception? Cause { get; init; }

    /// <inheritdoc/>
    public bool IsTransient { get; init; }

    /// <inheritdoc/>
    public bool MayHaveHappened { get; init; }

    /// <summary>Whether the condition of a write did not hold.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether there is no such object, or container of objects.</summary>
    public bool IsAbsence => Status is HttpStatusCode.NotFound;

    /// <summary>A request to which there was no answer. A certificate that is not trusted will not be so at the next try.</summary>
    public static ServiceFailure From(Exception cause) =>
        new()
        {
            Cause = cause,
            IsTransient = Find<AuthenticationException>(cause) is null,
            MayHaveHappened =
                Find<HttpRequestException>(cause)
                    is not { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
        };

    /// <summary>How long an answer asks to wait; null where it does not.</summary>
    public static TimeSpan? WaitOf(HttpResponseMessage response, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(clock);
        return response.Headers.RetryAfter switch
        {
            { Delta: { } wait } => wait,
            { Date: { } time } => time - clock.GetUtcNow(),
            _ => null,
        };
    }

    /// <summary>The failure in a few words.</summary>
    public string Describe() =>
        Status is { } status
            ? $"HTTP {(int)status}{(Code.Length > 0 ? " " + Code : string.Empty)}{(RequestId is null ? string.Empty : ", " + RequestId)}"
            : Cause?.GetBaseException().Message ?? string.Empty;

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
