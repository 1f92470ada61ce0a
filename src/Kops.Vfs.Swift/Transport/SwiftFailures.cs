using Kops.Vfs.Network;
using Kops.Vfs.Swift.Identity;

namespace Kops.Vfs.Swift.Transport;

/// <summary>What Swift says with an answer that is none of success, and what a sign-in says that failed.</summary>
internal static class SwiftFailures
{
    internal static ServiceFailure From(Exception cause) =>
        cause is SignInException signIn
            ? new ServiceFailure { Cause = cause, IsTransient = signIn.IsTransient }
            : ServiceFailure.From(cause);

    internal static async ValueTask<ServiceFailure> FromAsync(
        HttpResponseMessage response,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        return new ServiceFailure
        {
            Status = response.StatusCode,
            Message = Line(text),
            RequestId =
                response.Headers.TryGetValues("X-Trans-Id", out var ids) && ids.FirstOrDefault() is { } id ? "transaction " + id : null,
            RetryAfter = ServiceFailure.WaitOf(response, clock),
            // 498 is Swift's own "slow down"; 409 says that a later write has been seen, or that the container is being changed.
            IsTransient = status is 408 or 429 or 498 or (>= 500 and not 501 and not 505 and not 507),
            MayHaveHappened = status is 408 or >= 500,
            IsRefusal = status is 412,
        };
    }

    /// <summary>What the service said; its pages of HTML say nothing that the status does not.</summary>
    private static string Line(string text)
    {
        var line = text.AsSpan().Trim();
        line = line.IndexOfAny('\r', '\n') is var end and >= 0 ? line[..end] : line;
        return line.Length is 0 or > 200 || line[0] == '<' ? string.Empty : line.ToString();
    }
}
