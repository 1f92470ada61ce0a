using System.Net.Http;
using System.Security.Authentication;
using Kops.Vfs.Oss.Configuration;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Oss.Transport;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
/// <remarks>Source of the codes: OSS developer reference, "Error codes".</remarks>
internal sealed class OssErrors(string bucket, string address, OssOptions options) : RestErrors(address)
{
    protected override ServerCures Server { get; } =
        new("OSS", options.Endpoint.Host)
        {
            CertificateCure = "name the authority's PEM file in KOPS_OSS_CA_FILE, or correct the endpoint",
            HostCure = $"check the network, OSS_REGION and OSS_ENDPOINT, and that the bucket '{bucket}' exists",
            ConnectionCure = "check the network, the proxy and OSS_ENDPOINT",
            AddressCure = $"check the endpoint {options.Endpoint} (OSS_ENDPOINT) and the proxy",
        };

    protected override (StoreErrorKind Kind, string Detail) ByStatus(int status, string permission, RestFailure failure) =>
        (failure.Code, status) switch
        {
            ("NoSuchBucket", _) => (
                StoreErrorKind.StoreNotFound,
                $"the bucket '{bucket}' does not exist in {options.Region}; create it ('ossutil mb oss://{bucket}'), or correct the "
                    + $"name or OSS_REGION"
            ),
            ("InvalidAccessKeyId", _) => (
                StoreErrorKind.Unauthenticated,
                $"the {Who} does not exist or is disabled; check OSS_ACCESS_KEY_ID"
            ),
            ("SignatureDoesNotMatch", _) => (
                StoreErrorKind.Unauthenticated,
                $"the secret does not belong to the {Who}; check OSS_ACCESS_KEY_SECRET (copy it again, whole), and that OSS_REGION "
                    + $"'{options.Region}' is the bucket's"
            ),
            ("SecurityTokenExpired", _) => (
                StoreErrorKind.Unauthenticated,
                "the temporary credentials have expired; get new ones from STS"
            ),
            ("InvalidSecurityToken", _) => (
                StoreErrorKind.Unauthenticated,
                "the security token is not accepted; check OSS_SESSION_TOKEN, or unset it if the key is none of STS"
            ),
            ("RequestTimeTooSkewed", _) => (
                StoreErrorKind.Unauthenticated,
                "this machine's clock differs from the service's by more than 15 minutes; set the clock"
            ),
            ("AccessDenied", _) when failure.Message.Contains("endpoint", StringComparison.OrdinalIgnoreCase) => (
                StoreErrorKind.InvalidArgument,
                $"the bucket '{bucket}' is in another region than '{options.Region}'; set OSS_REGION to the bucket's own ('ossutil stat "
                    + $"oss://{bucket}')"
            ),
            ("InvalidBucketName", _) => (StoreErrorKind.InvalidArgument, $"'{bucket}' is not a bucket name"),
            ("UserDisable", _) => (StoreErrorKind.PermissionDenied, "the account has been suspended, often for an unpaid bill"),
            ("FileImmutable", _) => (StoreErrorKind.PermissionDenied, "a retention policy of the bucket keeps this object as it is"),
            ("KmsServiceNotEnabled" or "KeyDisabled" or "KeyPendingDeletion", _) => (
                StoreErrorKind.PermissionDenied,
                $"the key of KMS cannot be used: {Or(failure.Message)}"
            ),
            ("InvalidDigest" or "MD5Mismatch", _) => (StoreErrorKind.Corrupt, "what arrived at the store is not what was sent; try again"),
            (_, 403) => (
                StoreErrorKind.PermissionDenied,
                $"access denied: the {Who} needs '{permission}' on acs:oss:*:*:{bucket} and acs:oss:*:*:{bucket}/*; add it in a RAM or "
                    + $"bucket policy"
            ),
            (_, 401) => (
                StoreErrorKind.Unauthenticated,
                $"the service does not accept the {Who}; check OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET"
            ),
            (_, 404) => (StoreErrorKind.Other, $"the store has no such thing: {Or(failure.Message)}"),
            (_, 429 or 503) => (StoreErrorKind.Throttled, "the store asks to slow down; try again later"),
            (_, 400) => (StoreErrorKind.InvalidArgument, $"the store refused the request: {Or(failure.Message)}"),
            (_, 501 or 405) => (StoreErrorKind.Unsupported, $"the store cannot do this: {Or(failure.Message)}"),
            (_, >= 500 or 408) => (StoreErrorKind.Unavailable, "the store failed; try again later"),
            _ => (StoreErrorKind.Other, $"the store refused the request: {Or(failure.Message)}"),
        };

    private string Who => options.AccessKey is { } key ? key.ToString() : "instance's RAM role";
}
