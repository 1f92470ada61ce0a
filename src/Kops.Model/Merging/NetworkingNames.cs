using Kops.Api;

namespace Kops.Model.Merging;

/// <summary>The pod network of a cluster in the words of <c>--networking</c>.</summary>
internal static class NetworkingNames
{
    public static string? Of(ClusterSpec spec) =>
        spec.Networking switch
        {
            null => null,
            { Cilium: { EtcdManaged: true } } => "cilium-etcd",
            { Cilium: { Ipam: "eni" } } => "cilium-eni",
            { Flannel: { Backend: "udp" } } => "flannel-udp",
            { Kuberouter: not null } => "kube-router",
            { Gce: not null } => "gcp",
            var networking => networking.Node.Keys.FirstOrDefault(),
        };

    /// <summary>One name for all that mean the same.</summary>
    public static string Normalize(string name) =>
        name switch
        {
            "amazon-vpc-routed-eni" => "amazonvpc",
            "flannel-vxlan" => "flannel",
            "gce" => "gcp",
            "kopeio-vxlan" => "kopeio",
            _ => name,
        };
}
