using Kops.Api;

namespace Kops.Model.NewCluster;

/// <summary>Kubernetes feature gates go to every component alike.</summary>
internal static class FeatureGateSetup
{
    public static void Apply(ClusterDraft draft) => Apply(draft.Spec, draft.Flags);

    /// <summary>One plus goes first, then one minus; whatever else stands there is the name (kOps: NewCluster).</summary>
    public static (string Name, bool IsOn) Parse(string gate)
    {
        var text = gate.StartsWith('+') ? gate[1..] : gate;
        return text.StartsWith('-') ? (text[1..], false) : (text, true);
    }

    public static void Apply(ClusterSpec spec, ClusterFlags flags)
    {
        foreach (var gate in flags.KubernetesFeatureGates ?? [])
        {
            var (name, isOn) = Parse(gate);
            var value = isOn ? "true" : "false";
            spec.EnsureKubelet().FeatureGates[name] = value;
            spec.EnsureKubeAPIServer().FeatureGates[name] = value;
            spec.EnsureKubeControllerManager().FeatureGates[name] = value;
            spec.EnsureKubeProxy().FeatureGates[name] = value;
            spec.EnsureKubeScheduler().FeatureGates[name] = value;
        }
    }

    /// <summary>The gates that flags name.</summary>
    public static IEnumerable<string> Names(ClusterFlags flags) => (flags.KubernetesFeatureGates ?? []).Select(gate => Parse(gate).Name);

    /// <summary>Takes a gate from every component.</summary>
    public static void Remove(ClusterSpec spec, string name)
    {
        spec.Kubelet?.FeatureGates.Remove(name);
        spec.KubeAPIServer?.FeatureGates.Remove(name);
        spec.KubeControllerManager?.FeatureGates.Remove(name);
        spec.KubeProxy?.FeatureGates.Remove(name);
        spec.KubeScheduler?.FeatureGates.Remove(name);
    }
}
