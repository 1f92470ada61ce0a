using CsCheck;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

/// <summary>Random flags of which many do not go together, on every cloud.</summary>
internal static class CloudFlagGen
{
    /// <summary>A cloud, and where in it.</summary>
    public static Gen<ClusterFlags> Place { get; } =
        Choice<ClusterFlags>(
            new() { Cloud = "aws", Zones = ["us-test-1a"] },
            new() { Cloud = "aws", Zones = ["us-test-1c", "us-test-1a", "us-test-1b"] },
            new() { Cloud = "azure", Zones = ["eastus-1"] },
            new()
            {
                Cloud = "azure",
                Zones = ["eastus-3", "eastus-1"],
                AzureSubscriptionId = "subscription",
                AzureResourceGroup = "group",
            },
            new() { Cloud = "digitalocean", Zones = ["nyc1"] },
            new()
            {
                Cloud = "gce",
                Zones = ["us-test1-a"],
                Project = "testproject",
            },
            new()
            {
                Cloud = "gce",
                Zones = ["us-test1-b", "us-test1-a"],
                ControlPlaneZones = ["us-test1-c"],
            },
            new() { Cloud = "hetzner", Zones = ["fsn1"] },
            new() { Cloud = "linode", Zones = ["us-east"] },
            new() { Cloud = "metal", Zones = ["main"] },
            new()
            {
                Cloud = "openstack",
                Zones = ["nova"],
                NetworkCidrs = ["10.0.0.0/16"],
                Image = "ubuntu",
                OpenstackExternalNet = "vlan1",
            },
            new() { Cloud = "scaleway", Zones = ["fr-par-1"] }
        );

    /// <summary>The same with all kinds of flags.</summary>
    public static Gen<ClusterFlags> Any { get; } =
        from place in Place
        from network in Choice<string?>(
            null,
            "amazonvpc",
            "calico",
            "cilium",
            "cilium-eni",
            "cilium-etcd",
            "cni",
            "external",
            "flannel",
            "flannel-udp",
            "gcp",
            "kindnet",
            "kopeio",
            "kube-router",
            "kubenet"
        )
        from topology in Choice<string?>(null, null, "public", "private")
        from isIPv6 in Choice<bool?>(null, null, null, true, false)
        from bastion in Choice<bool?>(null, null, true)
        from dns in Choice<string?>(null, null, "public", "private", "none")
        from balancer in Choice<string?>(null, null, "public", "internal")
        from ranges in Choice<IReadOnlyList<string>?>(null, null, null, ["10.0.0.0/16"], ["172.30.0.0/20", "10.0.0.0/16"], ["8.8.0.0/16"])
        from count in Choice<int?>(null, null, 0, 1, 3, 5)
        from nodes in Choice<int?>(null, 0, 1, 7)
        from version in Choice<string?>(null, "1.33.1", "v1.37.0")
        from type in Choice<IReadOnlyList<string>?>(null, null, ["m6g.large"], ["one", "other"])
        from manager in Choice<string?>(null, null, null, "karpenter")
        from store in Choice<string?>(null, null, "s3://public")
        from servers in Choice<int?>(null, null, null, 2)
        from access in Choice<IReadOnlyList<string>?>(null, ["10.0.0.0/8", "::/0"], ["pl-0123456789abcdef0"])
        from etcd in Choice<IReadOnlyList<string>?>(null, null, ["main"], ["main", "events", "leases"])
        select place with
        {
            Networking = network,
            Topology = topology,
            IPv6 = isIPv6,
            Bastion = bastion,
            Dns = dns,
            ApiLoadBalancerType = balancer,
            NetworkCidrs = ranges ?? place.NetworkCidrs,
            ControlPlaneCount = count,
            NodeCount = nodes,
            KubernetesVersion = version,
            NodeSizes = type,
            InstanceManager = manager,
            DiscoveryStore = store,
            ApiServerCount = servers,
            SshAccess = access,
            EtcdClusters = etcd,
        };

    private static Gen<T> Choice<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
