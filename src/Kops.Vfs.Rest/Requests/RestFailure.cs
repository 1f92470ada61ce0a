using System.Net;
using System.Net.Http;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Rest.Requests;

/// <summary>A request to a service that failed: what the service said, or why it could not be asked.</summary>
public record RestFailure
{
    /// <summary>The status; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The service's own word for it; empty where it has none.</summary>
    public string Code { get; init; } = string.Empty;

    /// <summary>What the service said, in one line; empty where it said nothing.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The service's id of the request, as its support asks for it: <c>request 5C3D</c>.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was thrown, where there was no answer.</summary>
    public Exception? Cause { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether the request may have been carried out all the same.</summary>
    public bool MayHaveHappened { get; init; }

    /// <summary>Whether the condition of a write did not hold.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether there is no such object, or container of objects.</summary>
    public bool IsAbsence { get; init; }

    /// <summary>A request to which there was no answer of the service.</summary>
    public static RestFailure From(Exception cause) =>
        new()
        {
            Cause = cause,
            IsTransient = cause is SignInException signIn ? signIn.IsTransient : NetworkFailure.IsTransient(cause),
            MayHaveHappened = cause is not SignInException && NetworkFailure.MayHaveBeenSent(cause),
        };

    /// <summary>An answer that is none of success, by its status alone.</summary>
    public static RestFailure From(HttpResponseMessage response, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(clock);
        var status = (int)response.StatusCode;
        return new RestFailure
        {
            Status = response.StatusCode,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } time } => time - clock.GetUtcNow(),
                _ => null,
            },
            IsTransient = status is 408 or 429 or (>= 500 and not 501 and not 505),
            MayHaveHappened = status is 408 or >= 500,
            IsRefusal = status is 412,
            IsAbsence = status is 404,
        };
    }

    /// <summary>The failure in a few words.</summary>
    public string Describe() =>
        Status is { } status
            ? $"{(Code.Length > 0 ? Code : status.ToString())}, HTTP {(int)status}"
                + $"{(RequestId is null ? string.Empty : ", " + RequestId)}{(Tries > 1 ? $", {Tries} tries" : string.Empty)}"
            : Cause?.GetBaseException().Message ?? string.Empty;
}
