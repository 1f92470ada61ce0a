using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Rest.Web;

/// <summary>Explains why a file was not read.</summary>
internal static class HttpErrors
{
    internal static StoreException Explain(string address, RestFailure failure)
    {
        var (kind, detail) = ((int?)failure.Status, failure.Cause) switch
        {
            (401, _) => (
                StoreErrorKind.Unauthenticated,
                "the server wants to know who asks, which it is not told; download the file with a tool that can, and name that [HTTP 401]"
            ),
            (403, _) => (
                StoreErrorKind.PermissionDenied,
                "the server does not give this file to everybody; download it with a tool that can, and name that [HTTP 403]"
            ),
            (429, _) => (StoreErrorKind.Throttled, "the server asks to slow down; try again later [HTTP 429]"),
            (>= 500 and var status, _) => (StoreErrorKind.Unavailable, $"the server failed; try again later [HTTP {status}]"),
            ({ } status, _) => (StoreErrorKind.Other, $"the server does not give the file; check the address [HTTP {status}]"),
            (_, InvalidDataException wrong) => (StoreErrorKind.InvalidArgument, wrong.Message),
            _ => (StoreErrorKind.Unavailable, Cures(address).Explain(failure.Cause!)),
        };
        return new StoreException(kind, "read", address, detail, failure.IsTransient, failure.Cause);
    }

    private static ServerCures Cures(string address) =>
        new("a web server", new Uri(address).GetLeftPart(UriPartial.Authority))
        {
            CertificateCure = "let this machine trust its authority (SSL_CERT_FILE), or correct the address",
            HostCure = "check the address, the network and the proxy",
            ConnectionCure = "check the address, the network and the proxy",
            AddressCure = "check the address and the proxy",
        };
}
