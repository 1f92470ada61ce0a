using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using Kops.Vfs.Gcs.Credentials;
using Kops.Vfs.Network;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>A request that failed: what the service said, or why it could not be asked.</summary>
internal sealed record GcsFailure : IRequestFailure
{
    private const string LimitReasons = "rateLimitExceeded userRateLimitExceeded slowDown backendError";

    /// <summary>The status; null where there was no answer.</summary>
    internal HttpStatusCode? Status { get; private init; }

    /// <summary>The service's word for the reason, for example <c>conditionNotMet</c>.</summary>
    internal string Reason { get; private init; } = string.Empty;

    /// <summary>What the service said.</summary>
    internal string Message { get; private init; } = string.Empty;

    /// <summary>The service's id of the request.</summary>
    internal string? RequestId { get; private init; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What was thrown, where there was no answer.</summary>
    internal Exception? Cause { get; private init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsTransient { get; private init; }

    /// <summary>Whether the request may have been carried out all the same.</summary>
    public bool MayHaveHappened { get; private init; }

    /// <summary>Whether a condition did not hold.</summary>
    internal bool IsRefusal => Status is HttpStatusCode.PreconditionFailed;

    /// <summary>Whether there is no such object, or bucket, or upload.</summary>
    internal bool IsAbsence => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    internal static GcsFailure From(Exception cause) =>
        new()
        {
            Cause = cause,
            IsTransient = cause is CredentialException credentials ? credentials.IsTransient : Find<AuthenticationException>(cause) is null,
            MayHaveHappened =
                cause is not CredentialException
                && Find<HttpRequestException>(cause)
                    is not { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
        };

    internal static async ValueTask<GcsFailure> FromAsync(
        HttpResponseMessage response,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var (reason, message) = Parse(text);
        var status = (int)response.StatusCode;
        var limited = status is 429 || (status is 403 && reason.Length > 0 && LimitReasons.Contains(reason, StringComparison.Ordinal));
        return new GcsFailure
        {
            Status = response.StatusCode,
            Reason = reason,
            Message = message,
            RequestId = response.Headers.TryGetValues("X-GUploader-UploadID", out var ids) ? ids.FirstOrDefault() : null,
            RetryAfter = response.Headers.RetryAfter switch
            {
                { Delta: { } wait } => wait,
                { Date: { } time } => time - clock.GetUtcNow(),
                _ => null,
            },
            IsTransient = limited || status is 408 or (>= 500 and not 501 and not 505),
            MayHaveHappened = status is 408 or >= 500,
        };
    }

    /// <summary>The failure in a few words.</summary>
    internal string Describe() =>
        Status is { } status
            ? $"{(Reason.Length > 0 ? Reason : status.ToString())}, HTTP "
                + $"{(int)status}{(RequestId is null ? string.Empty : ", request " + RequestId)}"
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

    /// <remarks>Source: JSON API, "HTTP status and error codes": <c>{"error": {"message": ..., "errors": [{"reason": ...}]}}</c>. Uploads
    /// may answer in plain text.</remarks>
    private static (string Reason, string Message) Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var error = document.RootElement.Member("error");
            if (error.ValueKind is JsonValueKind.String)
                return (error.GetString()!, document.RootElement.Text("error_description") ?? string.Empty);
            var details = error.Member("errors");
            var reason = details.ValueKind is JsonValueKind.Array && details.GetArrayLength() > 0 ? details[0].Text("reason") : null;
            return (reason ?? error.Text("status") ?? string.Empty, error.Text("message") ?? string.Empty);
        }
        catch (JsonException)
        {
            var line = text.AsSpan().Trim();
            line = line.IndexOfAny('\r', '\n') is var end and >= 0 ? line[..end] : line;
            return (string.Empty, line.Length is 0 or > 200 || line[0] == '<' ? string.Empty : line.ToString());
        }
    }
}
