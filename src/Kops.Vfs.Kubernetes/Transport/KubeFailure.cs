using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Network;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>A request that failed: what the API server said, or why it could not be asked.</summary>
internal sealed record KubeFailure : IRequestFailure
{
    /// <summary>The status; null where there was no answer.</summary>
    internal HttpStatusCode? Status { get; private init; }

    /// <summary>The server's word for the reason, for example <c>AlreadyExists</c>.</summary>
    internal string Reason { get; private init; } = string.Empty;

    /// <summary>What the server said.</summary>
    internal string Message { get; private init; } = string.Empty;

    /// <summary>The kind of object that the reason is about, for example <c>namespaces</c>.</summary>
    internal string Kind { get; private init; } = string.Empty;

    /// <summary>Where a listing goes on whose place in the history is gone; null for nowhere.</summary>
    internal string? Continue { get; private init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What was thrown, where there was no answer.</summary>
    internal Exception? Cause { get; private init; }

    /// <summary>The credential that was sent.</summary>
    internal KubeCredential? Credential { get; private init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; private init; }

    /// <summary>Whether the request may have been carried out all the same.</summary>
    public bool MayHaveHappened { get; private init; }

    /// <summary>Whether another version stands there, or something where nothing should.</summary>
    internal bool IsConflict => Status is HttpStatusCode.Conflict;

    /// <summary>Whether there is no such Secret, or namespace.</summary>
    internal bool IsAbsence => Status is HttpStatusCode.NotFound;

    /// <summary>Whether the server said that it is the namespace that is not there.</summary>
    internal bool IsNamespaceAbsence => IsAbsence && Kind == "namespaces";

    /// <summary>Whether the database of the cluster is full.</summary>
    internal bool IsFull => Message.Contains("database space exceeded", StringComparison.Ordinal);

    internal static KubeFailure From(Exception cause) =>
        new()
        {
            Cause = cause,
            IsTransient = cause is not CredentialException && Find<AuthenticationException>(cause) is null,
            MayHaveHappened =
                cause is not CredentialException
                && Find<HttpRequestException>(cause)
                    is not {
                        HttpRequestError: HttpRequestError.ConnectionError
                            or HttpRequestError.NameResolutionError
                            or HttpRequestError.SecureConnectionError
                            or HttpRequestError.ProxyTunnelError
                    },
        };

    /// <remarks>Source: API conventions, "Response Status Kind": a <c>Status</c> with reason, message and details.</remarks>
    internal static async ValueTask<KubeFailure> FromAsync(
        HttpResponseMessage response,
        KubeCredential credential,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var body = Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        var status = (int)response.StatusCode;
        var failure = new KubeFailure
        {
            Status = response.StatusCode,
            Reason = body.Text("reason") ?? string.Empty,
            Message = body.Text("message") ?? string.Empty,
            Kind = body.Member("details").Text("kind") ?? string.Empty,
            Continue = body.Member("metadata").Text("continue"),
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } time } => time - clock.GetUtcNow(),
                _ => null,
            },
            Credential = credential,
            MayHaveHappened = status is 408 or >= 500,
        };
        return failure with { IsTransient = status is 408 or 429 || (status is >= 500 and not 501 and not 505 && !failure.IsFull) };
    }

    /// <summary>The failure in a few words.</summary>
    internal string Describe() =>
        Status is { } status
            ? $"{(Reason.Length > 0 ? Reason : status.ToString())}, HTTP {(int)status}"
            : Cause?.GetBaseException().Message ?? string.Empty;

    internal static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }

        return null;
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
