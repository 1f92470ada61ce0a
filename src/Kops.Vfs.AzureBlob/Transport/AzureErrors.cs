using System.Globalization;
using System.Net.Http;
using System.Security.Authentication;
using Azure;
using Azure.Identity;
using Kops.Vfs.AzureBlob.Configuration;
using Kops.Vfs.Rest.Network;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.AzureBlob.Transport;

/// <summary>Turns what the SDK throws into the one exception of stores, with the likely cure.</summary>
internal sealed class AzureErrors(
    string account,
    string container,
    string address,
    Uri endpoint,
    AzureBlobOptions options,
    TimeProvider clock
)
{
    private static readonly TimeSpan AllowedSkew = TimeSpan.FromMinutes(15);

    private readonly ServerCures _server = new("Azure Blob Storage", endpoint.GetLeftPart(UriPartial.Authority))
    {
        CertificateCure = "name the authority's PEM file in KOPS_AZURE_CA_FILE, or correct the endpoint",
        HostCure =
            $"the account '{account}' does not exist there, or the network does not work; check the path and KOPS_AZURE_BLOB_ENDPOINT",
        ConnectionCure = "check the network, the proxy and KOPS_AZURE_BLOB_ENDPOINT",
        AddressCure = "check KOPS_AZURE_BLOB_ENDPOINT and the proxy",
    };

    internal StoreException Wrap(string operation, string key, Exception exception)
    {
        if (NetworkFailure.Find<StoreException>(exception) is { } known)
            return known;
        var (kind, detail) = AzureFailure.Answer(exception) is { } answer
            ? ByCode(operation, answer) ?? ByStatus(operation, answer)
            : ByException(exception);
        var path = key.Length == 0 ? address : $"{address}/{key}";
        return new StoreException(kind, operation, path, detail + Evidence(exception), AzureFailure.IsTransient(exception), exception);
    }

    private static string Evidence(Exception exception)
    {
        if (AzureFailure.Answer(exception) is null)
            return string.Empty;
        var request = AzureFailure.Header(exception, "x-ms-request-id") is { Length: > 0 } id ? ", request " + id : string.Empty;
        return $" [{AzureFailure.Describe(exception)}{request}]";
    }

    private static string FirstLine(string text) =>
        text.AsSpan().Trim().IndexOfAny('\r', '\n') is var end and >= 0 ? text.Trim()[..end] : text.Trim();

    private (StoreErrorKind Kind, string Detail) ByException(Exception exception) =>
        exception switch
        {
            _ when NetworkFailure.Find<CredentialUnavailableException>(exception) is not null => (
                StoreErrorKind.Unauthenticated,
                "no sign-in was found; run 'az login', or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET, or "
                    + "AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN"
            ),
            _ when NetworkFailure.Find<AuthenticationFailedException>(exception) is { } e => (
                StoreErrorKind.Unauthenticated,
                $"the sign-in failed ({FirstLine(e.Message)}); run 'az login', check AZURE_CLIENT_ID and its like, or set "
                    + $"AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN"
            ),
            _ when AzureFailure.IsBroken(exception) => (StoreErrorKind.Unavailable, _server.Explain(exception)),
            _ when AzureFailure.IsGarbled(exception) => (
                StoreErrorKind.Unavailable,
                $"{endpoint.Host} failed, and its answer is not one of Azure's; check the proxy and KOPS_AZURE_BLOB_ENDPOINT, or try "
                    + $"again later"
            ),
            _ => (StoreErrorKind.Other, FirstLine(exception.Message)),
        };

    private (StoreErrorKind Kind, string Detail)? ByCode(string operation, RequestFailedException e) =>
        e.ErrorCode switch
        {
            "ContainerNotFound" or "ContainerBeingDeleted" or "ContainerDisabled" => (
                StoreErrorKind.StoreNotFound,
                $"the container '{container}' does not exist in the account '{account}'; create it ('az storage container create "
                    + $"--account-name {account} --name {container}'), or correct the name"
            ),
            "AuthenticationFailed" or "InvalidAuthenticationInfo" => (StoreErrorKind.Unauthenticated, NotAuthenticated(e)),
            // Azurite has one code for both.
            "AuthorizationFailure" when e.Message.Contains("failed to authenticate", StringComparison.Ordinal) => (
                StoreErrorKind.Unauthenticated,
                NotAuthenticated(e)
            ),
            "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions" => (StoreErrorKind.PermissionDenied, Denied(operation)),
            "AuthorizationFailure" => (
                StoreErrorKind.PermissionDenied,
                $"the account '{account}' refuses requests from here: its firewall does not allow this network; add this address ('az "
                    + $"storage account network-rule add'), or use a private endpoint"
            ),
            "AuthorizationSourceIPMismatch" => (
                StoreErrorKind.PermissionDenied,
                "the shared access signature is not valid from this machine's address; have one made for it"
            ),
            "AuthorizationProtocolMismatch" or "AuthorizationServiceMismatch" or "AuthorizationResourceTypeMismatch" => (
                StoreErrorKind.PermissionDenied,
                $"the shared access signature is not for this kind of access; have one made for the container '{container}' in the Blob "
                    + $"service"
            ),
            "KeyBasedAuthenticationNotPermitted" => (
                StoreErrorKind.PermissionDenied,
                $"the account '{account}' allows no keys; unset AZURE_STORAGE_KEY and sign in ('az login')"
            ),
            "NoAuthenticationInformation" or "PublicAccessNotPermitted" or "ResourceNotFound" => (
                StoreErrorKind.Unauthenticated,
                "the request carried no credentials that count; sign in ('az login'), or set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN"
            ),
            "AccountIsDisabled" => (
                StoreErrorKind.PermissionDenied,
                $"the account '{account}' is disabled; look at its subscription in the portal"
            ),
            "LeaseIdMissing" or "LeaseAlreadyPresent" or "LeaseIdMismatchWithBlobOperation" => (
                StoreErrorKind.PermissionDenied,
                "another program holds a lease on the object; end it there, or break it ('az storage blob lease break')"
            ),
            "BlobImmutableDueToPolicy" => (
                StoreErrorKind.PermissionDenied,
                "a policy or a legal hold makes the object immutable; lift it, or keep the state in another container"
            ),
            "SnapshotsPresent" => (
                StoreErrorKind.PermissionDenied,
                "the object has snapshots, which would be lost; delete them first ('az storage blob delete --delete-snapshots only')"
            ),
            "BlobArchived" or "BlobBeingRehydrated" => (
                StoreErrorKind.Unsupported,
                "the object is in the archive tier; bring it back first ('az storage blob set-tier --tier Hot')"
            ),
            "InvalidBlobType" => (
                StoreErrorKind.Unsupported,
                "the object is a page or an append blob, which this cannot replace; delete it first"
            ),
            "InvalidBlobOrBlock" => (
                StoreErrorKind.Unavailable,
                "an unfinished upload of another program is in the way; delete the object, or wait until Azure forgets it (a week)"
            ),
            "InvalidBlockList" => (StoreErrorKind.Unavailable, "another upload of the same object was finished in between; try again"),
            "ServerBusy" or "TooManyRequests" => (StoreErrorKind.Throttled, "the service asks to slow down; try again later"),
            "Md5Mismatch" or "Crc64Mismatch" or "InvalidMd5" => (
                StoreErrorKind.Corrupt,
                "what arrived at the service is not what was sent; try again"
            ),
            "InvalidResourceName" or "InvalidUri" or "OutOfRangeInput" or "BlobNameTooLong" => (
                StoreErrorKind.InvalidArgument,
                $"the name is not one that Azure takes ({e.ErrorCode})"
            ),
            "RequestBodyTooLarge" => (StoreErrorKind.InvalidArgument, "the object is larger than the service allows"),
            "FeatureVersionMismatch" or "UnsupportedHeader" or "FeatureNotSupported" => (
                StoreErrorKind.Unsupported,
                $"the service cannot do this ({e.ErrorCode})"
            ),
            _ => null,
        };

    private (StoreErrorKind Kind, string Detail) ByStatus(string operation, RequestFailedException e) =>
        e.Status switch
        {
            401 => (StoreErrorKind.Unauthenticated, NotAuthenticated(e)),
            403 => (StoreErrorKind.PermissionDenied, Denied(operation)),
            404 => (
                StoreErrorKind.StoreNotFound,
                $"nothing answers for the container '{container}' at {endpoint.Host}; check the path and KOPS_AZURE_BLOB_ENDPOINT"
            ),
            429 => (StoreErrorKind.Throttled, "the service asks to slow down; try again later"),
            501 => (StoreErrorKind.Unsupported, "the service cannot do this"),
            >= 500 => (StoreErrorKind.Unavailable, "the service failed; try again later"),
            _ => (StoreErrorKind.Other, $"the service refused the request: {FirstLine(e.Message)}"),
        };

    private string Denied(string operation)
    {
        var writes = operation is "write" or "delete";
        return options switch
        {
            { Sas: not null } => $"the shared access signature does not allow to {operation}; it needs the permissions "
                + $"{(writes ? "r, w and d" : "r and l")} on the container",
            { Key: not null } => $"the account '{account}' does not allow to {operation} with its key; look at its settings in the portal",
            _ => $"the signed-in identity lacks a role; assign 'Storage Blob Data {(writes ? "Contributor" : "Reader")}' on the "
                + $"container '{container}' "
                + "('az role assignment create'; it can take minutes to hold; Owner and Contributor of the account are not enough)",
        };
    }

    private string NotAuthenticated(RequestFailedException e)
    {
        var said = e.Data["AuthenticationErrorDetail"] as string ?? string.Empty;
        var skew = Skew(e);
        if (skew.Duration() > AllowedSkew || said.Contains("date header too old", StringComparison.OrdinalIgnoreCase))
            return $"this machine's clock is wrong by {skew.Duration().TotalMinutes:0} minutes, and Azure allows 15; correct it (NTP)";
        return options switch
        {
            { Sas: not null } when said.Contains("time frame", StringComparison.OrdinalIgnoreCase) =>
                $"the shared access signature has expired or is not valid yet ({FirstLine(said)}); put a new one into "
                    + $"AZURE_STORAGE_SAS_TOKEN",
            { Sas: not null } =>
                "the shared access signature is not accepted: it has expired, is not of this account, or its key was renewed; put a new "
                    + "one into AZURE_STORAGE_SAS_TOKEN",
            { Key: not null } =>
                $"the key is not that of the account '{account}': the signature does not match; check AZURE_STORAGE_KEY ('az storage "
                    + $"account keys list --account-name {account}')",
            _ => $"the account '{account}' does not accept the sign-in, which may be of another tenant; check AZURE_TENANT_ID, or run "
                + $"'az login --tenant ...'",
        };
    }

    private TimeSpan Skew(RequestFailedException e) =>
        AzureFailure.Header(e, "Date") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? clock.GetUtcNow() - date
            : TimeSpan.Zero;
}
