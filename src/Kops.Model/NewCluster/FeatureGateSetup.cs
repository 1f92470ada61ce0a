using Kops.Api;

namespace Kops.Model.NewCluster;

/// <summary>Kubernetes feature gates go to every component alike.</summary>
internal static class FeatureGateSetup
{
    public static void Apply(ClusterDraft draft) => Apply(draft.Spec, draft.Flags);

    public static void Apply(ClusterSpec spec, ClusterFlags flags)
    {
        foreach (var gate in flags.KubernetesFeatureGates ?? [])
        {
            var name = gate.TrimStart('+', '-');
            var value = gate.StartsWith('-') ? "false" : "true";
            spec.EnsureKubelet().FeatureGates[name] = value;
            spec.EnsureKubeAPIServer().FeatureGates[name] = value;
            spec.EnsureKubeControllerManager().FeatureGates[name] = value;
            spec.EnsureKubeProxy().FeatureGates[name] = value;
            spec.EnsureKubeScheduler().FeatureGates[name] = value;
        }
    }
}
