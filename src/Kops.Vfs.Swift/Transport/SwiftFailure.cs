using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using Kops.Vfs.Network;
using Kops.Vfs.Swift.Identity;

namespace Kops.Vfs.Swift.Transport;

/// <summary>A request that failed: what the service said, or why it could not be asked.</summary>
internal sealed record SwiftFailure : IRequestFailure
{
    /// <summary>The status; null where there was no answer.</summary>
    internal HttpStatusCode? Status { get; private init; }

    /// <summary>What the service said, in one line.</summary>
    internal string Message { get; private init; } = string.Empty;

    /// <summary>The service's id of the request.</summary>
    internal string? TransactionId { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What was thrown, where there was no answer.</summary>
    internal Exception? Cause { get; private init; }

    public bool IsTransient { get; init; }

    public bool MayHaveHappened { get; private init; }

    /// <summary>Whether a condition did not hold.</summary>
    internal bool IsRefusal => Status is HttpStatusCode.PreconditionFailed;

    /// <summary>Whether there is no such object, or container.</summary>
    internal bool IsAbsence => Status is HttpStatusCode.NotFound;

    internal static SwiftFailure From(Exception cause) => new()
    {
        Cause = cause,
        IsTransient = cause is SignInException signIn ? signIn.IsTransient : Find<AuthenticationException>(cause) is null,
        MayHaveHappened = cause is not SignInException
            && Find<HttpRequestException>(cause) is not { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
    };

    internal static async ValueTask<SwiftFailure> FromAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        return new SwiftFailure
        {
            Status = response.StatusCode,
            Message = Line(text),
            TransactionId = response.Headers.TryGetValues("X-Trans-Id", out var ids) ? ids.FirstOrDefault() : null,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } time } => time - clock.GetUtcNow(),
                _ => null,
            },
            // 498 is Swift's own "slow down"; 409 says that a later write has been seen, or that the container is being changed.
            IsTransient = status is 408 or 429 or 498 or (>= 500 and not 501 and not 505 and not 507),
            MayHaveHappened = status is 408 or >= 500,
        };
    }

    /// <summary>The failure in a few words.</summary>
    internal string Describe() => Status is { } status
        ? $"HTTP {(int)status}{(TransactionId is null ? string.Empty : ", transaction " + TransactionId)}"
        : Cause?.GetBaseException().Message ?? string.Empty;

    internal static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found) return found;
        }

        return null;
    }

    /// <summary>What the service said; its pages of HTML say nothing that the status does not.</summary>
    private static string Line(string text)
    {
        var line = text.AsSpan().Trim();
        line = line.IndexOfAny('\r', '\n') is var end and >= 0 ? line[..end] : line;
        return line.Length is 0 or > 200 || line[0] == '<' ? string.Empty : line.ToString();
    }
}
