using System.Globalization;
using Kops.Api;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Network;

/// <summary>The subnets. Their tags tell Kubernetes where load balancers may stand.</summary>
internal static class SubnetBuilder
{
    public static IEnumerable<Resource> Build(AwsCluster cluster) =>
        cluster.Spec.Subnets.Select(subnet =>
            subnet.Id is { Length: > 0 } id
                ? Resource.Shared(AwsKinds.Subnet, cluster.SubnetName(subnet.Name!), id)
                : Owned(cluster, subnet)
        );

    private static Resource Owned(AwsCluster cluster, ClusterSubnetSpec subnet)
    {
        var (hasIPv4, hasIPv6) = (subnet.Cidr is { Length: > 0 }, subnet.Ipv6CIDR is { Length: > 0 });
        var isNamedByResource = cluster.Spec.CloudConfig?.UseIPBasedNodeNames != true;
        return new(
            AwsKinds.Subnet,
            cluster.SubnetName(subnet.Name!),
            new()
            {
                ["availability_zone"] = subnet.Zone,
                ["assign_ipv6_address_on_creation"] = OnlyIf(hasIPv6),
                ["cidr_block"] = hasIPv4 ? subnet.Cidr : null,
                ["enable_dns64"] = OnlyIf(!hasIPv4),
                ["enable_resource_name_dns_a_record_on_launch"] = OnlyIf(hasIPv4 && isNamedByResource),
                ["enable_resource_name_dns_aaaa_record_on_launch"] = OnlyIf(hasIPv6 && isNamedByResource),
                ["ipv6_cidr_block"] = hasIPv6 ? IPv6Range(subnet.Ipv6CIDR!) : null,
                ["ipv6_native"] = OnlyIf(!hasIPv4),
                ["private_dns_hostname_type_on_launch"] = isNamedByResource ? "resource-name" : null,
                ["tags"] = MapValue.Of(Tags(cluster, subnet)),
                ["vpc_id"] = cluster.Vpc(),
            }
        );
    }

    private static bool? OnlyIf(bool condition) => condition ? true : null;

    // "/64#a" is the eleventh network of 64 bits in the range that AWS gives the VPC, which is known only later.
    private static Value IPv6Range(string range)
    {
        if (!range.StartsWith('/'))
            return new TextValue(range);
        return
            range.Split('#') is [var size, var number]
            && int.TryParse(size.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && int.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
            ? new Expression($"cidrsubnet(local.vpc_ipv6_cidr_block, {bits} - local.vpc_ipv6_cidr_length, {at})")
            : throw new FormatException($"spec.subnets: '{range}' is not an IPv6 range; write an address range, or /64#1");
    }

    private static Dictionary<string, string> Tags(AwsCluster cluster, ClusterSubnetSpec subnet)
    {
        const string ForBalancers = "kubernetes.io/role/elb";
        const string ForInternalBalancers = "kubernetes.io/role/internal-elb";
        if (cluster.Spec.DisableSubnetTags == true)
            return [];
        var tags = new Dictionary<string, string>(cluster.Tags(cluster.SubnetName(subnet.Name!)), StringComparer.Ordinal)
        {
            ["SubnetType"] = subnet.Type ?? string.Empty,
        };
        // Karpenter finds by these where its machines may be.
        foreach (var group in cluster.Groups.Where(group => group.IsKarpenters && group.Subnets.Any(own => own.Name == subnet.Name)))
            tags["kops.k8s.io/instance-group/" + group.Name] = "true";
        var subnets = cluster.Spec.Subnets;
        if (subnet.Type is "Public" or "Utility")
        {
            tags[ForBalancers] = "1";
            // Without private subnets, those that are reached from inside have to stand here too.
            if (!subnets.Any(other => other.Type is "Private" or "DualStack"))
                tags[ForInternalBalancers] = "1";
        }
        else if (subnet.Type is "DualStack" || !subnets.Any(other => other.Type is "DualStack" && other.Zone == subnet.Zone))
        {
            tags[ForInternalBalancers] = "1";
        }

        return tags;
    }
}
