using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>The resource group, the network and its subnets, and how they reach the internet.</summary>
internal static class NetworkBuilder
{
    public static IEnumerable<Resource> Build(AzureCluster cluster) =>
        [Group(cluster), Routes(cluster), .. Network(cluster), .. Nat(cluster)];

    private static Resource Group(AzureCluster cluster) =>
        cluster.ResourceGroup == cluster.Name
            ? new(
                AzureKinds.ResourceGroup,
                cluster.Name,
                new()
                {
                    ["location"] = cluster.Region,
                    ["name"] = cluster.Name,
                    ["tags"] = cluster.Tags(),
                }
            )
            : Shared(AzureKinds.ResourceGroup, cluster.ResourceGroup, cluster.ResourceGroupPath);

    private static Resource Routes(AzureCluster cluster) =>
        cluster.RouteTable == cluster.Name
            ? cluster.Tagged(AzureKinds.RouteTable, cluster.Name, new())
            : Shared(
                AzureKinds.RouteTable,
                cluster.RouteTable,
                $"{cluster.ResourceGroupPath}/providers/Microsoft.Network/routeTables/{cluster.RouteTable}"
            );

    private static IEnumerable<Resource> Network(AzureCluster cluster)
    {
        var path = $"{cluster.ResourceGroupPath}/providers/Microsoft.Network/virtualNetworks/{cluster.Network}";
        yield return cluster.OwnsNetwork
            ? cluster.Tagged(
                AzureKinds.Network,
                cluster.Name,
                new() { ["address_space"] = Value.List(new[] { cluster.Spec.NetworkCIDR }.OfType<string>()) }
            )
            : Shared(AzureKinds.Network, cluster.Network, path);
        foreach (var given in cluster.Spec.Subnets)
        {
            var name = given.Name ?? string.Empty;
            if (!cluster.OwnsNetwork)
            {
                yield return Shared(AzureKinds.Subnet, name, $"{path}/subnets/{given.Id ?? name}");
                continue;
            }

            var subnet = new Resource(
                AzureKinds.Subnet,
                name,
                new()
                {
                    ["address_prefixes"] = Value.List(new[] { given.Cidr }.OfType<string>()),
                    ["name"] = name,
                    ["resource_group_name"] = AzureKinds.ResourceGroup.Of(cluster.ResourceGroup, "name"),
                    ["virtual_network_name"] = AzureKinds.Network.Of(cluster.Network, "name"),
                }
            );
            yield return subnet;
            var prefix = $"{cluster.Network}-{name}";
            yield return new(
                AzureKinds.SubnetNat,
                prefix + "-natgw",
                new() { ["nat_gateway_id"] = AzureKinds.Nat.Of(cluster.Name), ["subnet_id"] = subnet.Ref() }
            );
            yield return new(
                AzureKinds.SubnetSecurityGroup,
                prefix + "-nsg",
                new() { ["network_security_group_id"] = AzureKinds.SecurityGroup.Of(cluster.Name), ["subnet_id"] = subnet.Ref() }
            );
            yield return new(
                AzureKinds.SubnetRoutes,
                prefix + "-rt",
                new() { ["route_table_id"] = AzureKinds.RouteTable.Of(cluster.RouteTable), ["subnet_id"] = subnet.Ref() }
            );
        }
    }

    private static IEnumerable<Resource> Nat(AzureCluster cluster)
    {
        var address = Address(cluster, cluster.Name);
        var nat = cluster.Tagged(AzureKinds.Nat, cluster.Name, new() { ["sku_name"] = "Standard" });
        yield return address;
        yield return nat;
        yield return new(
            AzureKinds.NatAddress,
            $"{nat.Name}-{address.Name}",
            new() { ["nat_gateway_id"] = nat.Ref(), ["public_ip_address_id"] = address.Ref() }
        );
    }

    /// <summary>An address that the internet reaches.</summary>
    public static Resource Address(AzureCluster cluster, string name) =>
        cluster.Tagged(
            AzureKinds.PublicAddress,
            name,
            new()
            {
                ["allocation_method"] = "Static",
                ["ip_version"] = "IPv4",
                ["sku"] = "Standard",
            }
        );

    private static Resource Shared(ResourceKind kind, string name, string id) =>
        new(kind, name, new() { ["id"] = id, ["name"] = name }) { Ownership = Ownership.Shared };
}
