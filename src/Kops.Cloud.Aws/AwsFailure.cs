using System.Security.Authentication;
using Amazon.Runtime;

namespace Kops.Cloud.Aws;

/// <summary>What is the same in the failures of all services of AWS.</summary>
internal static class AwsFailure
{
    private static readonly string[] CredentialWords = ["credential", "profile", "token", "sso", "role"];

    /// <summary>Whether the SDK, the service or the network failed.</summary>
    public static bool Is(Exception exception) =>
        exception
            is AmazonClientException
                or AmazonServiceException
                or HttpRequestException
                or IOException
                or TimeoutException
                or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>What the service calls it; empty when it did not answer.</summary>
    public static string Code(Exception exception) => (exception as AmazonServiceException)?.ErrorCode ?? string.Empty;

    /// <summary>The cause, and its cure.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="service">The service, as people call it.</param>
    /// <param name="permission">The action that a policy must allow.</param>
    /// <param name="region">What names the region.</param>
    public static string Explain(Exception exception, string service, string permission, string region) =>
        Code(exception) switch
        {
            "UnauthorizedOperation" or "AccessDenied" or "AccessDeniedException" =>
                $"the credentials lack the permission {permission}; allow it in their policy",
            "AuthFailure" or "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" =>
                "the access key is not known there; check AWS_ACCESS_KEY_ID, AWS_PROFILE, and that the account has the region enabled",
            "SignatureDoesNotMatch" or "InvalidSignatureException" =>
                "the secret key is wrong; check AWS_SECRET_ACCESS_KEY, also for blanks and line ends",
            "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" =>
                "the session has expired, or this machine's clock is wrong; sign in again ('aws sso login', or a new AWS_SESSION_TOKEN)",
            "OptInRequired" => "the account has not enabled the region; enable it in the account's settings",
            "RequestLimitExceeded" or "Throttling" or "ThrottlingException" => $"{service} asks to slow down; try again later",
            { Length: > 0 } code => $"{Said(exception)} ({code})",
            _ when exception is AmazonClientException
                    && CredentialWords.Any(word => exception.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
                "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run 'aws sso login'",
            _ when exception.GetBaseException() is AuthenticationException =>
                "its certificate is not trusted; name the authority's PEM file in AWS_CA_BUNDLE",
            _ => $"there is no connection ({exception.GetBaseException().Message}); check the network, the proxy and {region}",
        };

    /// <summary>The first line of what the service said.</summary>
    public static string Said(Exception exception) => exception.Message.Split('\n')[0].Trim().TrimEnd('.');
}
