using Kops.Api.Documents;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>What machines must know of the network.</summary>
internal static class NetworkingParts
{
    private static readonly string[] Markers = ["amazonVPC", "calico", "cilium", "cni", "flannel", "kindnet", "kubeRouter"];

    public static MappingNode Of(GroupContext group)
    {
        var networking = (MappingNode)group.Cluster.Internal["networking"];
        var part = Tree.Map(
            ("egressProxy", group.RunsApi ? Tree.Copy(networking, "egressProxy") : null),
            ("networkID", group.Cluster.Cloud.Name == "azure" ? Tree.Copy(networking, "networkID") : null),
            ("nonMasqueradeCIDR", Tree.Copy(networking, "nonMasqueradeCIDR")),
            ("serviceClusterIPRange", Tree.Copy(networking, "serviceClusterIPRange"))
        );
        foreach (var marker in Markers)
            part[marker] = Marker(networking, marker);
        return part;
    }

    /// <summary>Whether the kubelet sets up the network by itself.</summary>
    public static bool UsesKubenet(GroupContext group) =>
        group.Cluster.Spec.Networking is { } networking
        && (networking.Kubenet ?? networking.Gce ?? networking.External ?? networking.Kopeio ?? (object?)null) is not null;

    /// <summary>Whether pods have addresses of the machine's own network, of which the machine's type allows so many.</summary>
    public static bool DependsOnMachineType(GroupContext group) =>
        group.Cluster.Spec.Networking is { } networking && (networking.Amazonvpc is not null || networking.Cilium?.Ipam == "eni");

    public static bool UsesCiliumEtcd(GroupContext group) =>
        group.Cluster.Spec.Networking?.Cilium is not null && group.Cluster.Spec.EtcdClusters.Any(etcd => etcd.Name == "cilium");

    // Of a plugin's settings a machine needs few.
    private static MappingNode? Marker(MappingNode networking, string name)
    {
        if (networking[name] is not MappingNode plugin)
            return null;
        return name switch
        {
            "calico" => Tree.Map(("wireguardEnabled", Tree.Copy(plugin, "wireguardEnabled"))),
            "cilium" => Tree.Map(("ipam", Tree.TextAt(plugin, "ipam") == "eni" ? Tree.Text("eni") : null)),
            "cni" => Tree.TextAt(plugin, "usesSecondaryIP") == "true" ? Tree.Map(("usesSecondaryIP", Tree.True)) : null,
            _ => new MappingNode(),
        };
    }
}
