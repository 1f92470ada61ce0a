using Kops.Build.Images;

namespace Kops.Build.Nodes;

/// <summary>Machines that are started in advance, and wait until they are needed (AWS).</summary>
internal static class WarmPools
{
    // What every node runs, by the beginning of the images' names.
    private static readonly string[] OfNodes =
    [
        "registry.k8s.io/kube-proxy:",
        "registry.k8s.io/provider-aws/",
        "registry.k8s.io/sig-storage/csi-node-driver-registrar:",
        "registry.k8s.io/sig-storage/livenessprobe:",
        "quay.io/calico/",
        "quay.io/cilium/",
        "quay.io/coreos/flannel:",
        "quay.io/weaveworks/",
    ];

    /// <summary>Whether a machine tells AWS when it is ready to wait.</summary>
    public static bool WaitsForHook(GroupContext group) =>
        Model.Machines.WarmPools.Of(group.Cluster.Spec, group.Group) is { EnableLifecycleHook: true };

    /// <summary>The images that a machine pulls before it waits; none where the cluster has no warm pools.</summary>
    public static IEnumerable<string> Images(GroupContext group)
    {
        if (group.IsControlPlane || (group.Spec.WarmPool ?? group.Cluster.Spec.WarmPool) is null)
            return [];
        var context = group.Cluster;
        var beginnings = OfNodes.Select(context.Image).ToList();
        return ClusterImages
            .Of(context)
            .Where(image => beginnings.Any(start => image.StartsWith(start, StringComparison.Ordinal)))
            .Concat((group.Spec.WarmPool?.AdditionalImages ?? Enumerable.Empty<string>()).Select(context.Image))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }
}
