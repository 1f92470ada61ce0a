using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Transport;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
internal sealed class KubernetesErrors(string space, string address, Func<ClusterAccess?> findAccess, TimeProvider clock)
    : RestErrors(address)
{
    private ClusterAccess? Access => findAccess();

    private string Source => Access?.Source ?? "the kubeconfig";

    protected override ServerCures Server =>
        new("Kubernetes", Access?.Server.GetLeftPart(UriPartial.Authority) ?? string.Empty)
        {
            CertificateCure = $"check 'certificate-authority' and 'tls-server-name' of the cluster of {Source}",
            HostCure = $"check 'server' of the cluster of {Source}, and the network",
            ConnectionCure = $"check that the cluster of {Source} runs, and the network",
            AddressCure = $"check 'server' of {Source}",
        };

    internal StoreException Foreign(string operation, string key, string secret) =>
        new(
            StoreErrorKind.Corrupt,
            operation,
            PathOf(key),
            $"the Secret '{secret}' in namespace '{space}' was changed by somebody else, and its annotations no longer say which object "
                + $"it holds; put them back, or delete it"
        );

    internal StoreException Damaged(string key, string secret) =>
        new(
            StoreErrorKind.Corrupt,
            "read",
            PathOf(key),
            $"the Secret '{secret}' in namespace '{space}' does not hold the content that its annotations promise: somebody else has "
                + $"changed it"
        );

    internal StoreException Replaced(string key) =>
        new(StoreErrorKind.Replaced, "read", PathOf(key), "it was replaced while it was being read; read it again", isTransient: true);

    protected override (StoreErrorKind Kind, string Detail) ByStatus(int status, string permission, RestFailure failure)
    {
        var kube = failure as KubeFailure;
        var said = failure.Message.TrimEnd('.');
        return status switch
        {
            401 => (StoreErrorKind.Unauthenticated, Unauthenticated(kube?.Credential)),
            403 when said.Contains("\"system:anonymous\"", StringComparison.Ordinal) => (
                StoreErrorKind.Unauthenticated,
                $"the API server of {Source} knows nobody by {kube?.Credential?.Origin}, and took the request for an anonymous one; "
                    + $"{Access?.Credentials.Cure}"
            ),
            403 when said.Contains("exceeded quota", StringComparison.Ordinal) => (
                StoreErrorKind.QuotaExceeded,
                $"the quota of the namespace is used up ({said}); raise it, or delete something"
            ),
            403 when said.Contains("being terminated", StringComparison.Ordinal) => (
                StoreErrorKind.StoreNotFound,
                $"the namespace '{space}' is being deleted; wait until it is gone, and create it again"
            ),
            403 when kube?.Kind == "namespaces" => (
                StoreErrorKind.PermissionDenied,
                $"access denied ({said}): the Role in docs/stores/k8s.md gives the right to look whether the namespace '{space}' is "
                    + $"there; a namespace that does not exist is denied, too"
            ),
            403 => (
                StoreErrorKind.PermissionDenied,
                $"access denied ({(said.Length > 0 ? said : "no reason given")}): the Role in docs/stores/k8s.md gives the right to "
                    + $"{permission} Secrets in the namespace '{space}'; a namespace that does not exist is denied, too"
            ),
            404 when kube is { IsNamespaceAbsence: true } || said.Contains("namespaces", StringComparison.Ordinal) => (
                StoreErrorKind.StoreNotFound,
                $"the namespace '{space}' does not exist in {Source}; create it with 'kubectl create namespace {space}', or correct the "
                    + $"name"
            ),
            404 => (StoreErrorKind.Other, $"{Server.Name} knows no Secrets; check 'server' of {Source}"),
            429 => (StoreErrorKind.Throttled, "the API server asks to slow down; try again later"),
            413 => (StoreErrorKind.InvalidArgument, "the API server takes no object that large"),
            422 or 400 => (
                StoreErrorKind.InvalidArgument,
                $"the API server refused the request: {(said.Length > 0 ? said : "no reason given")}"
            ),
            _ when kube is { IsFull: true } => (
                StoreErrorKind.QuotaExceeded,
                "the cluster's database is full; delete something, compact etcd, or raise its quota"
            ),
            >= 500 or 408 => (
                StoreErrorKind.Unavailable,
                $"the API server failed{(said.Length > 0 ? $" ({said})" : string.Empty)}; try again later"
            ),
            _ => (StoreErrorKind.Other, $"the API server refused the request: {(said.Length > 0 ? said : "no reason given")}"),
        };
    }

    private string Unauthenticated(KubeCredential? credential)
    {
        var origin = credential?.Origin ?? "the credential";
        var cure = Access?.Credentials.Cure ?? "check the kubeconfig";
        return credential?.KnownExpiry is { } expiry && expiry <= clock.GetUtcNow()
            ? $"{origin} expired at {expiry.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC; {cure}"
            : $"the API server of {Source} does not accept {origin}: it was revoked, or is for another cluster; {cure}";
    }
}
