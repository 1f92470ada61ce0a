using Kops.Api;
using Kops.Resources.Gce.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Network;

/// <summary>The network, its subnets, and how private machines reach the internet.</summary>
internal static class NetworkBuilder
{
    public static IEnumerable<Resource> Build(GceCluster cluster)
    {
        yield return cluster.Spec.NetworkID is { Length: > 0 } network
            ? Shared(GceKinds.Network, network)
            : new(GceKinds.Network, cluster.NetworkName, new() { ["auto_create_subnetworks"] = false, ["name"] = cluster.NetworkName });
        foreach (var subnet in cluster.Spec.Subnets)
            yield return subnet.Id is { Length: > 0 } id ? Shared(GceKinds.Subnetwork, id) : Subnetwork(cluster, subnet);
        var hidden = cluster.Spec.Subnets.Where(subnet => subnet.Type == "Private").ToList();
        if (hidden.Count == 0)
            yield break;
        var router = new Resource(
            GceKinds.Router,
            cluster.Named("nat"),
            new() { ["name"] = cluster.Named("nat"), ["network"] = cluster.Network() }
        );
        yield return router;
        yield return new(
            GceKinds.RouterNat,
            router.Name,
            new()
            {
                ["name"] = router.Name,
                ["nat_ip_allocate_option"] = "AUTO_ONLY",
                ["region"] = cluster.Region,
                ["router"] = router.Ref("name"),
                ["source_subnetwork_ip_ranges_to_nat"] = "LIST_OF_SUBNETWORKS",
                ["subnetwork"] = Value.List(
                    hidden.Select(subnet => new Block
                    {
                        ["name"] = cluster.Subnetwork(subnet),
                        ["source_ip_ranges_to_nat"] = Value.List(["ALL_IP_RANGES"]),
                    })
                ),
            }
        );
    }

    private static Resource Shared(ResourceKind kind, string name) =>
        new(kind, name, new() { ["name"] = name }) { Ownership = Ownership.Shared };

    private static Resource Subnetwork(GceCluster cluster, ClusterSubnetSpec subnet) =>
        new(
            GceKinds.Subnetwork,
            cluster.SubnetworkName(subnet),
            new()
            {
                ["ip_cidr_range"] = subnet.Cidr,
                ["name"] = cluster.SubnetworkName(subnet),
                ["network"] = cluster.Network(),
                ["region"] = subnet.Region,
                ["secondary_ip_range"] = cluster.UsesAliases
                    ? Value.List(
                        Range(cluster.Named("pods"), cluster.Spec.PodCIDR),
                        Range(cluster.Named("services"), cluster.Spec.ServiceClusterIPRange)
                    )
                    : null,
                ["stack_type"] = "IPV4_ONLY",
            }
        );

    private static Block Range(string name, string? range) => new() { ["ip_cidr_range"] = range, ["range_name"] = name };
}
