using Kops.Api;
using Kops.Api.Versions;

namespace Kops.Model.Completion;

/// <summary>The fields of a completed cluster that no user decides: all there are.</summary>
internal static class ForcedValues
{
    /// <summary>In no particular order: none depends on another.</summary>
    public static IReadOnlyList<ForcedValue> All { get; } =
    [
        new(
            "spec.kubeAPIServer.anonymousAuth",
            "what anonymous users may do is decided path by path, in the server's authentication configuration",
            spec => spec.EnsureKubeAPIServer().AnonymousAuth = false
        ),
        new(
            "spec.kubeAPIServer.insecurePort",
            "servers without TLS are gone since Kubernetes 1.24",
            spec => spec.KubeAPIServer?.InsecurePort = null
        ),
        new(
            "spec.kubeAPIServer.insecureBindAddress",
            "servers without TLS are gone since Kubernetes 1.24",
            spec => spec.KubeAPIServer?.InsecureBindAddress = null
        ),
        new(
            "spec.kubeAPIServer.serviceAccountJWKSURI",
            "keys lie below the issuer, where those who check its tokens look",
            spec => spec.KubeAPIServer?.ServiceAccountJWKSURI = spec.KubeAPIServer.ServiceAccountIssuer + "/openid/v1/jwks"
        ),
        new("spec.kubeScheduler.qps", "goes into the scheduler's configuration file", spec => spec.KubeScheduler?.Qps = null),
        new("spec.kubeScheduler.burst", "goes into the scheduler's configuration file", spec => spec.KubeScheduler?.Burst = null),
    ];

    public static void Apply(Cluster cluster)
    {
        foreach (var forced in All)
            forced.Apply(cluster.Spec);
    }
}
