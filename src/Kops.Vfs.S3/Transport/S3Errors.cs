using System.Net;
using System.Net.Http;
using Amazon.Runtime;
using Amazon.S3;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.S3.Configuration;

namespace Kops.Vfs.S3.Transport;

/// <summary>Turns what the SDK throws into the one exception of stores, with the likely cure.</summary>
internal sealed class S3Errors(string bucket, string address, S3Options options)
{
    private static readonly string[] CredentialWords = ["credential", "profile", "token", "sso", "role"];

    private readonly ServerCures _server = new("S3", EndpointOf(options))
    {
        CertificateCure = "name the authority's PEM file in KOPS_S3_CA_FILE, or correct the endpoint",
        HostCure = "check S3_ENDPOINT, the region and the network",
        ConnectionCure = "check S3_ENDPOINT, the network and the proxy",
        AddressCure = "check S3_ENDPOINT and the proxy",
    };

    private string Place => options.Endpoint is { } endpoint ? $"at {endpoint.Host}" : "on AWS";

    /// <param name="operation">The driver's member, in the user's words.</param>
    /// <param name="key">The key, or the prefix of a listing.</param>
    /// <param name="permission">The action of a policy that the request needs.</param>
    /// <param name="exception">What was thrown.</param>
    internal StoreException Wrap(string operation, string key, string permission, Exception exception)
    {
        if (exception is StoreException known)
            return known;
        var (kind, detail) = Explain(permission, exception);
        var path = key.Length == 0 ? address : $"{address}/{key}";
        return new StoreException(kind, operation, path, detail + Evidence(exception), S3Failure.IsTransient(exception), exception);
    }

    private (StoreErrorKind Kind, string Detail) Explain(string permission, Exception exception) =>
        exception switch
        {
            AmazonServiceException e
                when S3Failure.IsAnswer(e) && !string.IsNullOrEmpty(e.ErrorCode) && ByCode(e.ErrorCode, e, permission) is { } found =>
                found,
            AmazonServiceException e when S3Failure.IsAnswer(e) => ByStatus(e, permission),
            _ when S3Failure.IsBroken(exception) => (StoreErrorKind.Unavailable, _server.Explain(exception)),
            AmazonClientException e
                when e.Message.Contains("hash", StringComparison.OrdinalIgnoreCase)
                    || e.Message.Contains("checksum", StringComparison.OrdinalIgnoreCase) => (
                StoreErrorKind.Corrupt,
                "what arrived does not match its checksum; try again"
            ),
            AmazonClientException e when CredentialWords.Any(word => e.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) => (
                StoreErrorKind.Unauthenticated,
                $"no credentials were found ({WhyNoCredentials(e)}); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, "
                    + $"or run 'aws sso login'"
            ),
            _ => (StoreErrorKind.Other, FirstLine(exception.Message)),
        };

    /// <remarks>Where all of its ways have failed the SDK lists each, with words of its own for those that nobody has set up.</remarks>
    private static string WhyNoCredentials(Exception e) =>
        e.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal)
            ? "neither in the environment nor in the shared AWS files, and this is not a container or instance with a role"
            : OneLine(e.Message);

    private static string EndpointOf(S3Options options) => options.Endpoint?.GetLeftPart(UriPartial.Authority) ?? "AWS";

    private (StoreErrorKind Kind, string Detail)? ByCode(string code, AmazonServiceException e, string permission) =>
        code switch
        {
            "NoSuchBucket" => (
                StoreErrorKind.StoreNotFound,
                $"the bucket '{bucket}' does not exist {Place}; create it, or correct the name"
            ),
            "InvalidBucketName" => (
                StoreErrorKind.InvalidArgument,
                $"'{bucket}' is not a name that a bucket can have {Place}: 3 to 63 lower-case letters, digits, '-' and '.'"
            ),
            "AccessDenied" or "AllAccessDisabled" or "AccountProblem" => (StoreErrorKind.PermissionDenied, Denied(permission, e)),
            "InvalidAccessKeyId" or "AuthFailure" or "InvalidClientTokenId" or "UnrecognizedClientException" => (
                StoreErrorKind.Unauthenticated,
                $"the access key is not known {Place}; check {KeyName}, and that it belongs to this service"
            ),
            "SignatureDoesNotMatch" => (
                StoreErrorKind.Unauthenticated,
                $"the secret key is wrong: the signature does not match; check {SecretName}, also for blanks and line ends"
            ),
            "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" => (
                StoreErrorKind.Unauthenticated,
                "the session's token has expired; sign in again ('aws sso login', or a new AWS_SESSION_TOKEN)"
            ),
            "InvalidToken" or "InvalidSecurity" => (
                StoreErrorKind.Unauthenticated,
                "the session's token is not valid for this key; unset AWS_SESSION_TOKEN, or take it and the key from the same sign-in"
            ),
            "RequestTimeTooSkewed" or "RequestExpired" => (
                StoreErrorKind.Unauthenticated,
                "this machine's clock is wrong by more than the service allows; correct it (NTP)"
            ),
            "PermanentRedirect"
            or "TemporaryRedirect"
            or "AuthorizationHeaderMalformed"
            or "IllegalLocationConstraintException"
            or "InvalidRegion" => (StoreErrorKind.InvalidArgument, WrongRegion(e)),
            "SlowDown"
            or "Throttling"
            or "ThrottlingException"
            or "RequestLimitExceeded"
            or "TooManyRequests"
            or "BandwidthLimitExceeded" => (StoreErrorKind.Throttled, "the service asks to slow down; try again later"),
            "ConditionalRequestConflict" or "OperationAborted" or "ConcurrentModification" => (
                StoreErrorKind.Unavailable,
                "other requests for the same object were in the way; try again"
            ),
            "QuotaExceeded" or "ServiceQuotaExceededException" or "StorageQuotaExceeded" or "XMinioStorageFull" => (
                StoreErrorKind.QuotaExceeded,
                "the quota of the bucket or of the account is used up"
            ),
            "KeyTooLongError" or "KeyTooLong" or "InvalidURI" => (
                StoreErrorKind.InvalidArgument,
                "the key is longer than the service allows (1,024 bytes)"
            ),
            "EntityTooLarge" => (StoreErrorKind.InvalidArgument, "the object is larger than the service allows"),
            "BadDigest" or "InvalidDigest" or "XAmzContentSHA256Mismatch" or "XAmzContentChecksumMismatch" => (
                StoreErrorKind.Corrupt,
                "what arrived at the service is not what was sent; try again"
            ),
            "NotImplemented" or "MethodNotAllowed" => (StoreErrorKind.Unsupported, $"the service cannot do this: {FirstLine(e.Message)}"),
            _ => null,
        };

    private (StoreErrorKind Kind, string Detail) ByStatus(AmazonServiceException e, string permission) =>
        e.StatusCode switch
        {
            HttpStatusCode.Forbidden => (StoreErrorKind.PermissionDenied, Denied(permission, e)),
            HttpStatusCode.Unauthorized => (
                StoreErrorKind.Unauthenticated,
                $"the credentials are not accepted {Place}; check {KeyName} and {SecretName}"
            ),
            HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect => (StoreErrorKind.InvalidArgument, WrongRegion(e)),
            HttpStatusCode.TooManyRequests => (StoreErrorKind.Throttled, "the service asks to slow down; try again later"),
            HttpStatusCode.NotImplemented => (StoreErrorKind.Unsupported, $"the service cannot do this: {FirstLine(e.Message)}"),
            HttpStatusCode.NotFound => (
                StoreErrorKind.StoreNotFound,
                $"the bucket '{bucket}' does not exist {Place}; create it, or correct the name"
            ),
            var status when (int)status >= 500 => (StoreErrorKind.Unavailable, "the service failed; try again later"),
            _ => (
                StoreErrorKind.Other,
                $"the service refused the request{(string.IsNullOrWhiteSpace(e.Message) ? string.Empty : ": " + FirstLine(e.Message))}"
            ),
        };

    private string KeyName =>
        options.AccessKey?.Source.Id ?? (options.Profile is { } profile ? $"the profile '{profile}'" : "AWS_ACCESS_KEY_ID or the profile");

    private string SecretName =>
        options.AccessKey?.Source.Secret
        ?? (options.Profile is { } profile ? $"the profile '{profile}'" : "AWS_SECRET_ACCESS_KEY or the profile");

    private static string Denied(string permission, AmazonServiceException e)
    {
        // AWS says which principal lacks which action; others say "Access Denied" or their own code again.
        var said = FirstLine(e.Message);
        var reason = said.Contains("not authorized", StringComparison.Ordinal) ? $" ({said})" : string.Empty;
        var hint = permission is "s3:GetObject"
            ? "; without s3:ListBucket on the bucket an object that does not exist is denied too"
            : string.Empty;
        return $"access denied{reason}: the credentials need the permission {permission}{hint}";
    }

    private string WrongRegion(AmazonServiceException e)
    {
        var actual = S3Failure.Header(e, "x-amz-bucket-region");
        var variable = options.Endpoint is null ? "AWS_REGION" : "S3_REGION";
        return actual is null
            ? $"the region '{options.Region}' is not the bucket's; set {variable} to the bucket's region, and the endpoint to match"
            : $"the bucket is in the region '{actual}'; set {variable} to that";
    }

    private static string Evidence(Exception exception)
    {
        if (NetworkFailure.Find<AmazonServiceException>(exception) is not { } e || !S3Failure.IsAnswer(e))
            return string.Empty;
        var request = string.IsNullOrEmpty(e.RequestId) ? string.Empty : ", request " + e.RequestId;
        return $" [{S3Failure.Describe(e)}{request}]";
    }

    private static string OneLine(string text) =>
        string.Join(
            "; ",
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.TrimEnd('.', ':'))
        );

    private static string FirstLine(string text) =>
        text.AsSpan().Trim().IndexOfAny('\r', '\n') is var end and >= 0 ? text.Trim()[..end] : text.Trim();
}
