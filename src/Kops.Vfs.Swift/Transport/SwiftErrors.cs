using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Vfs.Swift.Transport;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
internal sealed class SwiftErrors(string container, string address, SwiftOptions options) : RestErrors(address)
{
    protected override ServerCures Server { get; } =
        new("Swift", "the store")
        {
            CertificateCure = "name the authority's PEM file in OS_CACERT",
            HostCure = "check the network, and OS_INTERFACE or OS_STORAGE_URL",
            ConnectionCure = "check the network, and OS_INTERFACE or OS_STORAGE_URL",
            AddressCure = "check OS_STORAGE_URL and the proxy",
        };

    protected override (StoreErrorKind Kind, string Detail) ByStatus(int status, string permission, RestFailure failure) =>
        status switch
        {
            401 => (
                StoreErrorKind.Unauthenticated,
                $"the object store does not accept the token, nor a new one; check the sign-in of {options.Source}, and that "
                    + $"OS_STORAGE_URL, if it is set, is of the same cloud"
            ),
            403 => (
                StoreErrorKind.PermissionDenied,
                $"access denied: {Who} may not do this with the container '{container}'; "
                    + "give the user a role in the project that the store lets write (often 'member' or 'swiftoperator'), or a right on "
                    + "the container ('swift post CONTAINER --write-acl PROJECT:USER --read-acl PROJECT:USER')"
            ),
            404 => (
                StoreErrorKind.StoreNotFound,
                $"the container '{container}' does not exist in {Where}; create it ('openstack container create {container}'), or "
                    + $"correct the name, the project or the region"
            ),
            413 => (
                StoreErrorKind.QuotaExceeded,
                "the object is larger than the store allows, or a quota of the container or account is used up"
            ),
            507 => (StoreErrorKind.QuotaExceeded, "the store has no space left"),
            422 => (StoreErrorKind.Corrupt, "what arrived at the store is not what was sent; try again"),
            429 or 498 or 503 => (StoreErrorKind.Throttled, "the store asks to slow down; try again later"),
            400 => (StoreErrorKind.InvalidArgument, $"the store refused the request: {Or(failure.Message)}"),
            409 => (StoreErrorKind.Unavailable, "another write was made at the same time; try again"),
            501 or 405 => (StoreErrorKind.Unsupported, $"the store cannot do this: {Or(failure.Message)}"),
            >= 500 or 408 => (StoreErrorKind.Unavailable, "the store failed; try again later"),
            _ => (StoreErrorKind.Other, $"the store refused the request: {Or(failure.Message)}"),
        };

    private string Who =>
        options.SignIn is { IsApplicationCredential: true } ? "the application credential"
        : (options.SignIn?.UserName ?? options.SignIn?.UserId) is { } user ? $"the user '{user}'"
        : "the token";

    private string Where =>
        ((options.SignIn?.ProjectName ?? options.SignIn?.ProjectId) is { } project ? $"the project '{project}'" : "the project")
        + (options.Region is { } region ? $", region '{region}'" : string.Empty);
}
