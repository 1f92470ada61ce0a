using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Transport;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
internal sealed class GcsErrors(string bucket, string address, GcsOptions options) : RestErrors(address)
{
    private static readonly string[] Emulator = ["check STORAGE_EMULATOR_HOST", "check the network and the proxy"];

    protected override ServerCures Server { get; } =
        new("Cloud Storage", options.Endpoint.GetLeftPart(UriPartial.Authority))
        {
            CertificateCure = "name the authority's PEM file in KOPS_GS_CA_FILE, or correct the endpoint",
            HostCure = Emulator[options.Anonymous ? 0 : 1],
            ConnectionCure = Emulator[options.Anonymous ? 0 : 1],
            AddressCure = $"check the endpoint {options.Endpoint.GetLeftPart(UriPartial.Authority)} and the proxy",
        };

    protected override (StoreErrorKind Kind, string Detail) ByStatus(int status, string permission, RestFailure failure)
    {
        if (failure.Message.Contains("requester pays", StringComparison.OrdinalIgnoreCase))
            return (StoreErrorKind.InvalidArgument, "the bucket's requester pays; set KOPS_GS_USER_PROJECT to the project to bill");
        if (failure.Message.Contains("uniform bucket-level access", StringComparison.OrdinalIgnoreCase))
            return (StoreErrorKind.InvalidArgument, "the bucket has uniform access, which knows no ACLs of objects; unset KOPS_GS_ACL");
        if (status is 429 || (status is 403 && failure.IsTransient))
            return (StoreErrorKind.Throttled, "the service asks to slow down; try again later");
        return (status, failure.Code) switch
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

    private string Place => options.Anonymous ? $"at {options.Endpoint.Authority}" : "on Google Cloud";

    private string Unauthenticated(RestFailure failure) =>
        options.Anonymous
            ? $"the server at {options.Endpoint.Authority} wants credentials; unset STORAGE_EMULATOR_HOST to use yours"
            : $"the credentials are not accepted ({Or(failure.Message, "no reason given")}); run 'gcloud auth application-default "
                + $"login', or check GOOGLE_APPLICATION_CREDENTIALS";

    private static string Denied(string permission, RestFailure failure)
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
}
