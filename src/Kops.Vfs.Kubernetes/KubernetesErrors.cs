using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Kops.Vfs.Kubernetes.Config;
using Kops.Vfs.Kubernetes.Transport;

namespace Kops.Vfs.Kubernetes;

/// <summary>Turns failures into the one exception of stores, with the likely cure.</summary>
internal sealed class KubernetesErrors(string space, string address, ClusterAccess? access, TimeProvider clock)
{
    internal string PathOf(string key) => key.Length == 0 ? address : $"{address}/{key}";

    /// <param name="operation">The driver's member, in the user's words.</param>
    /// <param name="key">The key, or the prefix of a listing.</param>
    /// <param name="verb">The right that the request needs on Secrets.</param>
    /// <param name="failure">What happened.</param>
    internal StoreException Wrap(string operation, string key, string verb, KubeFailure failure)
    {
        var (kind, detail) = failure.Status is { } status ? ByStatus((int)status, verb, failure) : ByCause(failure.Cause!);
        var evidence = failure.Status is null ? string.Empty : $" [{failure.Describe()}]";
        return new StoreException(kind, operation, PathOf(key), detail + evidence, failure.IsTransient, failure.Cause);
    }

    internal StoreException Malformed(string operation, string key, Exception? cause = null) =>
        new(
            StoreErrorKind.Unavailable,
            operation,
            PathOf(key),
            $"the answer is not one of a Kubernetes API server{(cause is null ? string.Empty : $" ({cause.Message})")}; check 'server' "
                + $"of {Source}",
            true,
            cause
        );

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

    internal StoreException LengthDiffers(string key, long promised, long arrived) =>
        new(
            StoreErrorKind.Corrupt,
            "write",
            PathOf(key),
            $"the content should have {promised} bytes, and has "
                + $"{(arrived > promised ? "more" : arrived.ToString(CultureInfo.InvariantCulture))}"
        );

    private string Source => access?.Source ?? "the kubeconfig";

    private string Server => access?.Server.GetLeftPart(UriPartial.Authority) ?? string.Empty;

    private (StoreErrorKind Kind, string Detail) ByStatus(int status, string verb, KubeFailure failure)
    {
        var said = failure.Message.TrimEnd('.');
        return status switch
        {
            401 => (StoreErrorKind.Unauthenticated, Unauthenticated(failure.Credential)),
            403 when said.Contains("\"system:anonymous\"", StringComparison.Ordinal) => (
                StoreErrorKind.Unauthenticated,
                $"the API server of {Source} knows nobody by {failure.Credential?.Origin}, and took the request for an anonymous one; "
                    + $"{access?.Credentials.Cure}"
            ),
            403 when said.Contains("exceeded quota", StringComparison.Ordinal) => (
                StoreErrorKind.QuotaExceeded,
                $"the quota of the namespace is used up ({said}); raise it, or delete something"
            ),
            403 when said.Contains("being terminated", StringComparison.Ordinal) => (
                StoreErrorKind.StoreNotFound,
                $"the namespace '{space}' is being deleted; wait until it is gone, and create it anew"
            ),
            403 when failure.Kind == "namespaces" => (
                StoreErrorKind.PermissionDenied,
                $"access denied ({said}): the Role in docs/stores/k8s.md gives the right to look whether the namespace '{space}' is "
                    + $"there; a namespace that does not exist is denied, too"
            ),
            403 => (
                StoreErrorKind.PermissionDenied,
                $"access denied ({(said.Length > 0 ? said : "no reason given")}): the Role in docs/stores/k8s.md gives the right to "
                    + $"{verb} Secrets in the namespace '{space}'; a namespace that does not exist is denied, too"
            ),
            404 when failure.IsNamespaceAbsence || said.Contains("namespaces", StringComparison.Ordinal) => (
                StoreErrorKind.StoreNotFound,
                $"the namespace '{space}' does not exist in {Source}; create it with 'kubectl create namespace {space}', or correct the "
                    + $"name"
            ),
            404 => (StoreErrorKind.Other, $"{Server} knows no Secrets; check 'server' of {Source}"),
            429 => (StoreErrorKind.Throttled, "the API server asks to slow down; try again later"),
            413 => (StoreErrorKind.InvalidArgument, "the API server takes no object that large"),
            422 or 400 => (
                StoreErrorKind.InvalidArgument,
                $"the API server refused the request: {(said.Length > 0 ? said : "no reason given")}"
            ),
            _ when failure.IsFull => (
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
        var cure = access?.Credentials.Cure ?? "check the kubeconfig";
        return credential?.KnownExpiry is { } expiry && expiry <= clock.GetUtcNow()
            ? $"{origin} expired at {expiry.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC; {cure}"
            : $"the API server of {Source} does not accept {origin}: it was revoked, or is for another cluster; {cure}";
    }

    private (StoreErrorKind Kind, string Detail) ByCause(Exception cause) =>
        cause switch
        {
            CredentialException e => (StoreErrorKind.Unauthenticated, e.Message),
            _ when KubeFailure.Find<AuthenticationException>(cause) is { } e => (
                StoreErrorKind.Unavailable,
                $"the certificate of {Server} is not trusted ({e.Message.TrimEnd('.')}); check 'certificate-authority' and "
                    + $"'tls-server-name' of the cluster of {Source}"
            ),
            _ when KubeFailure.Find<HttpRequestException>(cause) is { HttpRequestError: HttpRequestError.NameResolutionError } => (
                StoreErrorKind.Unavailable,
                $"the host of {Server} cannot be found; check 'server' of the cluster of {Source}, and the network"
            ),
            _ when KubeFailure.Find<HttpRequestException>(cause) is { HttpRequestError: HttpRequestError.ConnectionError } e => (
                StoreErrorKind.Unavailable,
                $"no connection to {Server} ({e.Message}); check that the cluster of {Source} runs, and the network"
            ),
            _ => (StoreErrorKind.Unavailable, $"the connection to {Server} failed ({cause.GetBaseException().Message}); try again"),
        };
}
