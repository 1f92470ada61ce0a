using Kops.Api;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Network;

/// <summary>How the private subnets of a zone reach the internet: by what <c>egress</c> names, else by a NAT gateway.</summary>
internal static class EgressBuilder
{
    /// <summary>Where IPv4 lies for those who speak IPv6 alone (RFC 6052).</summary>
    public const string Nat64 = "64:ff9b::/96";

    private static readonly (string Prefix, string Attribute)[] Targets =
    [
        ("eigw-", "egress_only_gateway_id"),
        ("i-", "instance_id"),
        ("igw-", "gateway_id"),
        ("nat-", "nat_gateway_id"),
        ("pcx-", "vpc_peering_connection_id"),
        ("tgw-", "transit_gateway_id"),
    ];

    /// <summary>The target of routes to the internet, null when others see to it; and what it takes.</summary>
    public static (EgressTarget? Target, IReadOnlyList<Resource> Resources) Build(
        AwsCluster cluster,
        string zone,
        ClusterSubnetSpec subnet,
        bool isPrivate
    )
    {
        switch (subnet.Egress ?? string.Empty)
        {
            case "External":
                return (null, []);
            case "":
                var address = ElasticIp(cluster, $"{zone}.{cluster.Name}", isShared: subnet.PublicIP is { Length: > 0 });
                return Nat(cluster, zone, isPrivate, address);
            case var egress when egress.StartsWith("eipalloc-", StringComparison.Ordinal):
                return Nat(cluster, zone, isPrivate, Resource.Shared(AwsKinds.ElasticIp, $"{zone}.{cluster.Name}", egress));
            case var egress:
                return (Existing(egress), []);
        }
    }

    /// <summary>A target that is there already, told by how its id begins.</summary>
    /// <exception cref="NotSupportedException">No route can lead there.</exception>
    public static EgressTarget Existing(string id)
    {
        foreach (var (prefix, attribute) in Targets)
        {
            if (id.StartsWith(prefix, StringComparison.Ordinal))
                return new(attribute, new TextValue(id));
        }

        throw new NotSupportedException(
            $"spec.subnets: no route can lead to '{id}'; the ids of targets begin with "
                + string.Join(", ", Targets.Select(known => known.Prefix))
        );
    }

    private static Resource ElasticIp(AwsCluster cluster, string name, bool isShared) =>
        new(AwsKinds.ElasticIp, name, new() { ["domain"] = "vpc", ["tags"] = MapValue.Of(cluster.Tags(name, isShared)) });

    private static (EgressTarget?, IReadOnlyList<Resource>) Nat(AwsCluster cluster, string zone, bool isPrivate, Resource address)
    {
        // It stands where the internet is reached from: beside private subnets in the utility subnet, where there is one.
        var seat =
            cluster.Spec.Subnets.FirstOrDefault(subnet => subnet.Zone == zone && isPrivate && subnet.Type == "Utility")
            ?? cluster.Spec.Subnets.FirstOrDefault(subnet => subnet.Zone == zone && subnet.Type == "Public")
            ?? throw new FormatException(
                $"spec.subnets: {zone} needs a subnet of type Utility, for the NAT gateway of its private subnets"
            );
        var gateway = new Resource(
            AwsKinds.NatGateway,
            $"{zone}.{cluster.Name}",
            new()
            {
                ["allocation_id"] = address.Ref(),
                ["subnet_id"] = cluster.Subnet(seat.Name!),
                ["tags"] = cluster.TagMap($"{zone}.{cluster.Name}"),
            }
        );
        return (new EgressTarget("nat_gateway_id", gateway.Ref()), [address, gateway]);
    }
}
