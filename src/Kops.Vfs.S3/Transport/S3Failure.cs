using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.S3.Transport;

/// <summary>What can be told from an exception of the SDK.</summary>
internal static class S3Failure
{
    private const string LostAnswerKey = "kops.lost-answer";

    /// <summary>Whether the same request may succeed later.</summary>
    internal static bool IsTransient(Exception exception) =>
        exception switch
        {
            _ when !NetworkFailure.IsTransient(exception) => false,
            AmazonServiceException
            {
                ErrorCode: "ConditionalRequestConflict" or "OperationAborted" or "ConcurrentModification" or "RequestTimeout"
            } => true,
            AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests } => true,
            AmazonServiceException e when (int)e.StatusCode >= 500 => e.StatusCode
                is not HttpStatusCode.NotImplemented
                    and not HttpStatusCode.HttpVersionNotSupported,
            AmazonServiceException e when (int)e.StatusCode >= 300 => false,
            AmazonUnmarshallingException => true,
            _ => IsBroken(exception),
        };

    /// <summary>Whether the service has answered at all.</summary>
    internal static bool IsAnswer(AmazonServiceException exception) => (int)exception.StatusCode >= 100;

    /// <summary>Whether the network failed, and not the service.</summary>
    internal static bool IsBroken(Exception exception) =>
        NetworkFailure.Find<IOException>(exception) is not null and not FileNotFoundException
        || NetworkFailure.Find<HttpRequestException>(exception) is not null
        || NetworkFailure.Find<TimeoutException>(exception) is not null
        || NetworkFailure.Find<System.Net.Sockets.SocketException>(exception) is not null;

    /// <summary>Whether a request that failed so may have been carried out all the same.</summary>
    internal static bool MayHaveHappened(Exception exception) =>
        NetworkFailure.MayHaveBeenSent(exception)
        && (
            exception is not AmazonServiceException e
            || !IsAnswer(e)
            || ((int)e.StatusCode >= 500 && e.ErrorCode is not ("SlowDown" or "ServiceUnavailable"))
        );

    /// <summary>Whether a failure is how Ceph tells a writer that another one was quicker: the write has been given up.</summary>
    internal static bool IsLostRace(Exception exception) => exception is AmazonServiceException { ErrorCode: "UnknownError" };

    /// <summary>A failure in a few words.</summary>
    internal static string Describe(Exception exception) =>
        exception is AmazonServiceException e && IsAnswer(e)
            ? $"{(string.IsNullOrEmpty(e.ErrorCode) ? e.StatusCode : e.ErrorCode)}, HTTP {(int)e.StatusCode}"
            : exception.GetBaseException().Message;

    /// <summary>How long the server asks to wait.</summary>
    internal static TimeSpan? RetryAfter(Exception exception, TimeProvider clock)
    {
        if (Header(exception, "Retry-After") is not { Length: > 0 } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time - clock.GetUtcNow()
            : null;
    }

    /// <summary>A header of the answer that an exception came from.</summary>
    internal static string? Header(Exception exception, string name) =>
        NetworkFailure.Find<HttpErrorResponseException>(exception)?.Response is { } response && response.IsHeaderPresent(name)
            ? response.GetHeaderValue(name)
            : null;

    /// <summary>Notes on a request that an earlier try of it may have been carried out.</summary>
    internal static void RememberLostAnswer(IDictionary<string, object> attributes, Exception exception) =>
        attributes[LostAnswerKey] = exception;

    /// <summary>Hands what was noted on the request to the exception that ends it.</summary>
    internal static void CopyLostAnswer(IDictionary<string, object> attributes, Exception exception)
    {
        if (attributes.TryGetValue(LostAnswerKey, out var lost))
            exception.Data[LostAnswerKey] = lost;
    }

    /// <summary>
    /// The failure after which the request may have been carried out all the same, in its last try or an earlier one; null for none.
    /// </summary>
    internal static Exception? LostAnswer(Exception exception) =>
        exception.Data[LostAnswerKey] as Exception ?? (IsTransient(exception) && MayHaveHappened(exception) ? exception : null);
}
