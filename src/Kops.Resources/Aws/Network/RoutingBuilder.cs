using Kops.Api;
using Kops.Model.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Network;

/// <summary>How subnets reach the internet: public ones by the network's gateway, private ones by what stands in their zone.</summary>
internal static class RoutingBuilder
{
    private const string AnyIPv4 = "0.0.0.0/0";
    private const string AnyIPv6 = "::/0";

    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        var subnets = cluster.Spec.Subnets;
        if (subnets.All(IsUnmanaged))
            return [];
        List<Resource> resources = [InternetGateway(cluster)];
        if (subnets.Any(IsOwned))
            resources.AddRange(PublicTable(cluster, cluster.Name, "public", string.Empty));
        resources.AddRange(subnets.Where(subnet => IsOwned(subnet) && !IsUnmanaged(subnet)).Select(subnet => Association(cluster, subnet)));
        if (cluster.IsIPv6Only && subnets.Any(subnet => IsPrivate(subnet) && !IsUnmanaged(subnet)))
            resources.Add(EgressOnlyGateway(cluster));
        foreach (var zone in subnets.Where(subnet => IsOwned(subnet) && !IsUnmanaged(subnet)).GroupBy(subnet => subnet.Zone!))
            resources.AddRange(Zone(cluster, zone.Key, [.. zone.Where(subnet => NeedsNat(cluster, subnet))]));
        return resources;
    }

    private static bool IsUnmanaged(ClusterSubnetSpec subnet) => subnet.Egress == "External";

    private static bool IsOwned(ClusterSubnetSpec subnet) => subnet.Id is null or "";

    private static bool IsPrivate(ClusterSubnetSpec subnet) => subnet.Type is "Private" or "DualStack";

    // Machines that speak IPv6 alone reach IPv4 by the NAT gateway, from public subnets too.
    private static bool IsPublicIPv6(AwsCluster cluster, ClusterSubnetSpec subnet) =>
        cluster.IsIPv6Only && subnet.Type == "Public" && subnet.Ipv6CIDR is { Length: > 0 };

    private static bool NeedsNat(AwsCluster cluster, ClusterSubnetSpec subnet) => IsPrivate(subnet) || IsPublicIPv6(cluster, subnet);

    private static Resource InternetGateway(AwsCluster cluster) =>
        cluster.IsVpcShared
            ? Resource.Shared(AwsKinds.InternetGateway, cluster.Name, Gateway(cluster, "internet gateway", fact => fact.Internet))
            : new(AwsKinds.InternetGateway, cluster.Name, new() { ["tags"] = cluster.TagMap(cluster.Name), ["vpc_id"] = cluster.Vpc() });

    private static Resource EgressOnlyGateway(AwsCluster cluster) =>
        cluster.IsVpcShared
            ? Resource.Shared(AwsKinds.EgressOnlyGateway, cluster.Name, Gateway(cluster, "egress-only gateway", fact => fact.EgressOnly))
            : new(AwsKinds.EgressOnlyGateway, cluster.Name, new() { ["tags"] = cluster.TagMap(cluster.Name), ["vpc_id"] = cluster.Vpc() });

    private static string Gateway(AwsCluster cluster, string what, Func<GatewayFact, string?> of) =>
        cluster.Request.Facts.Gateways.TryGetValue(cluster.Spec.NetworkID!, out var fact) && of(fact) is { } id
            ? id
            : throw new FormatException(
                $"the {what} of {cluster.Spec.NetworkID} is not known; name it beside the network in the file that KOPS_CLOUD_FACTS names"
            );

    private static IEnumerable<Resource> PublicTable(AwsCluster cluster, string name, string role, string prefix)
    {
        yield return Table(cluster, name, role);
        var gateway = AwsKinds.InternetGateway.Of(cluster.Name);
        yield return Route(prefix + AnyIPv4, name, AnyIPv4, "gateway_id", gateway);
        yield return Route(prefix + AnyIPv6, name, AnyIPv6, "gateway_id", gateway);
    }

    private static Resource Table(AwsCluster cluster, string name, string role)
    {
        var tags = cluster.Tags(name);
        tags["kubernetes.io/kops/role"] = role;
        return new(AwsKinds.RouteTable, name, new() { ["tags"] = MapValue.Of(tags), ["vpc_id"] = cluster.Vpc() });
    }

    private static Resource Association(AwsCluster cluster, ClusterSubnetSpec subnet)
    {
        var name = cluster.SubnetName(subnet.Name!);
        var (prefix, table) =
            IsPrivate(subnet) ? ("private-", PrivateTable(cluster, subnet.Zone!))
            : IsPublicIPv6(cluster, subnet) ? ("public-", PublicTable(cluster, subnet.Zone!))
            : (string.Empty, cluster.Name);
        return new(
            AwsKinds.RouteTableAssociation,
            prefix + name,
            new() { ["route_table_id"] = AwsKinds.RouteTable.Of(table), ["subnet_id"] = AwsKinds.Subnet.Of(name) }
        );
    }

    private static string PrivateTable(AwsCluster cluster, string zone) => $"private-{zone}.{cluster.Name}";

    private static string PublicTable(AwsCluster cluster, string zone) => $"public-{zone}.{cluster.Name}";

    private static IEnumerable<Resource> Zone(AwsCluster cluster, string zone, List<ClusterSubnetSpec> subnets)
    {
        if (subnets.Count == 0)
            yield break;
        if (subnets.Select(subnet => (subnet.Egress, subnet.PublicIP)).Distinct().Count() > 1)
            throw new FormatException($"spec.subnets: those in {zone} that are reached by a NAT gateway differ in egress or publicIP");

        var hasPrivate = subnets.Any(IsPrivate);
        var (egress, resources) = EgressBuilder.Build(cluster, zone, subnets[0], hasPrivate);
        foreach (var resource in resources)
            yield return resource;
        if (hasPrivate)
        {
            foreach (var resource in PrivateZone(cluster, zone, egress))
                yield return resource;
        }

        if (subnets.Any(subnet => IsPublicIPv6(cluster, subnet)))
        {
            var table = PublicTable(cluster, zone);
            foreach (var resource in PublicTable(cluster, table, "public-" + zone, $"public-{zone}-"))
                yield return resource;
            if (egress is { } nat)
                yield return Route($"public-{zone}-{EgressBuilder.Nat64}", table, EgressBuilder.Nat64, nat.Attribute, nat.Target);
        }
    }

    private static IEnumerable<Resource> PrivateZone(AwsCluster cluster, string zone, EgressTarget? egress)
    {
        var table = PrivateTable(cluster, zone);
        yield return Table(cluster, table, "private-" + zone);
        if (egress is { } target)
        {
            yield return Route($"private-{zone}-{AnyIPv4}", table, AnyIPv4, target.Attribute, target.Target);
            if (cluster.IsIPv6Only)
                yield return Route($"private-{zone}-{EgressBuilder.Nat64}", table, EgressBuilder.Nat64, target.Attribute, target.Target);
        }

        if (cluster.IsIPv6Only)
        {
            var gateway = AwsKinds.EgressOnlyGateway.Of(cluster.Name);
            yield return Route($"private-{zone}-{AnyIPv6}", table, AnyIPv6, "egress_only_gateway_id", gateway);
        }

        foreach (var subnet in cluster.Spec.Subnets.Where(subnet => subnet.Zone == zone && IsPrivate(subnet)))
        foreach (var route in subnet.AdditionalRoutes)
        {
            var (attribute, value) = EgressBuilder.Existing(route.Target ?? string.Empty);
            yield return Route($"{subnet.Name}.{route.Cidr}", table, route.Cidr!, attribute, value);
        }
    }

    private static Resource Route(string name, string table, string range, string attribute, Value target) =>
        new(
            AwsKinds.Route,
            "route-" + name,
            new()
            {
                [range.Contains(':', StringComparison.Ordinal) ? "destination_ipv6_cidr_block" : "destination_cidr_block"] = range,
                ["route_table_id"] = AwsKinds.RouteTable.Of(table),
                [attribute] = target,
            }
        );
}
