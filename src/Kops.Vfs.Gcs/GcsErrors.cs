using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using Kops.Vfs.Gcs.Credentials;
using Kops.Vfs.Gcs.Transport;

namespace Kops.Vfs.Gcs;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
internal sealed class GcsErrors(string bucket, string address, GcsOptions options)
{
    internal string PathOf(string key) => key.Length == 0 ? address : $"{address}/{key}";

    /// <param name="operation">The driver's member, in the user's words.</param>
    /// <param name="key">The key, or the prefix of a listing.</param>
    /// <param name="permission">The permission of IAM that the request needs.</param>
    /// <param name="failure">What happened.</param>
    internal StoreException Wrap(string operation, string key, string permission, GcsFailure failure)
    {
        var (kind, detail) = failure.Status is { } status ? ByStatus(status, permission, failure) : ByCause(failure.Cause!);
        var evidence = failure.Status is null ? string.Empty : $" [{failure.Describe()}]";
        return new StoreException(kind, operation, PathOf(key), detail + evidence, failure.IsTransient, failure.Cause);
    }

    internal StoreException Malformed(string operation, string key, JsonException cause) =>
        new(
            StoreErrorKind.Unavailable,
            operation,
            PathOf(key),
            $"the answer is not what the service documents ({cause.Message}); check the endpoint {Endpoint}",
            true,
            cause
        );

    private string Endpoint => options.Endpoint.GetLeftPart(UriPartial.Authority);

    private string Suspect => options.Anonymous ? "STORAGE_EMULATOR_HOST" : "the network and the proxy";

    private (StoreErrorKind Kind, string Detail) ByStatus(HttpStatusCode status, string permission, GcsFailure failure)
    {
        if (failure.Message.Contains("requester pays", StringComparison.OrdinalIgnoreCase))
            return (StoreErrorKind.InvalidArgument, "the bucket's requester pays; set KOPS_GS_USER_PROJECT to the project that shall pay");
        if (failure.Message.Contains("uniform bucket-level access", StringComparison.OrdinalIgnoreCase))
            return (StoreErrorKind.InvalidArgument, "the bucket has uniform access, which knows no ACLs of objects; unset KOPS_GS_ACL");
        if (status is HttpStatusCode.TooManyRequests || (status is HttpStatusCode.Forbidden && failure.IsTransient))
            return (StoreErrorKind.Throttled, "the service asks to slow down; try again later");
        return ((int)status, failure.Reason) switch
        {
            (401, _) => (StoreErrorKind.Unauthenticated, Unauthenticated(failure)),
            (_, "quotaExceeded" or "dailyLimitExceeded") => (StoreErrorKind.QuotaExceeded, "the quota of the project is used up"),
            (403, "accountDisabled" or "UserProjectAccountProblem" or "UserProjectInvalid" or "accessNotConfigured") => (
                StoreErrorKind.PermissionDenied,
                $"the project does not allow this: {failure.Message}"
            ),
            (403, _) => (StoreErrorKind.PermissionDenied, Denied(permission, failure)),
            (404, _) => (StoreErrorKind.StoreNotFound, $"the bucket '{bucket}' does not exist {Place}; create it, or correct the name"),
            (410, _) => (StoreErrorKind.Unavailable, "the upload has expired; try again"),
            (413, _) => (StoreErrorKind.InvalidArgument, "the object is larger than the service allows"),
            (412, "orgPolicyViolation" or "orgPolicyConstraintFailed") => (
                StoreErrorKind.PermissionDenied,
                $"a policy of the organisation forbids this: {failure.Message}"
            ),
            (400, _)
                when failure.Message.Contains("hash", StringComparison.OrdinalIgnoreCase)
                    || failure.Message.Contains("CRC32C", StringComparison.OrdinalIgnoreCase) => (
                StoreErrorKind.Corrupt,
                "what arrived at the service is not what was sent; try again"
            ),
            (400, _) => (StoreErrorKind.InvalidArgument, $"the service refused the request: {Or(failure.Message, "no reason given")}"),
            (501, _) => (StoreErrorKind.Unsupported, $"the service cannot do this: {Or(failure.Message, "no reason given")}"),
            (>= 500 or 408, _) => (StoreErrorKind.Unavailable, "the service failed; try again later"),
            _ => (StoreErrorKind.Other, $"the service refused the request: {Or(failure.Message, "no reason given")}"),
        };
    }

    private (StoreErrorKind Kind, string Detail) ByCause(Exception cause) =>
        cause switch
        {
            CredentialException e => (e.IsTransient ? StoreErrorKind.Unavailable : StoreErrorKind.Unauthenticated, e.Message),
            _ when GcsFailure.Find<AuthenticationException>(cause) is { } e => (
                StoreErrorKind.Unavailable,
                $"the server's certificate is not trusted ({e.Message}); name the authority's PEM file in KOPS_GS_CA_FILE, or correct "
                    + $"the endpoint"
            ),
            _ when GcsFailure.Find<HttpRequestException>(cause) is { HttpRequestError: HttpRequestError.NameResolutionError } => (
                StoreErrorKind.Unavailable,
                $"the host of {Endpoint} cannot be found; check {Suspect}"
            ),
            _ when GcsFailure.Find<HttpRequestException>(cause) is { HttpRequestError: HttpRequestError.ConnectionError } e => (
                StoreErrorKind.Unavailable,
                $"no connection to {Endpoint} ({e.Message}); check {Suspect}"
            ),
            _ => (StoreErrorKind.Unavailable, $"the connection failed ({cause.GetBaseException().Message}); try again"),
        };

    private string Place => options.Anonymous ? $"at {options.Endpoint.Authority}" : "on Google Cloud";

    private string Unauthenticated(GcsFailure failure) =>
        options.Anonymous
            ? $"the server at {options.Endpoint.Authority} wants credentials; unset STORAGE_EMULATOR_HOST to use yours"
            : $"the credentials are not accepted ({Or(failure.Message, "no reason given")}); run 'gcloud auth application-default "
                + $"login', or check GOOGLE_APPLICATION_CREDENTIALS";

    private static string Denied(string permission, GcsFailure failure)
    {
        // Google says which account lacks which permission.
        var said = failure.Message.Contains("does not have", StringComparison.Ordinal)
            ? $" ({failure.Message.TrimEnd('.')})"
            : string.Empty;
        var hint = permission is "storage.objects.get"
            ? "; without storage.objects.list an object that does not exist is denied too"
            : string.Empty;
        return $"access denied{said}: the credentials need the permission {permission} on the bucket (roles/storage.objectUser has "
            + $"it){hint}";
    }

    private static string Or(string text, string other) => text.Length > 0 ? text.TrimEnd('.') : other;
}
