using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;

namespace Kops.Resources.Aws.Balancers;

/// <summary>Where a load balancer stands: in one subnet of each zone.</summary>
internal static class BalancerSubnets
{
    /// <summary>The subnets for a load balancer that the world, or the network alone, reaches.</summary>
    public static IReadOnlyList<ClusterSubnetSpec> Choose(AwsCluster cluster, bool isInternal) =>
        [
            .. Candidates(cluster, isInternal)
                .GroupBy(subnet => subnet.Zone, StringComparer.Ordinal)
                .Select(zone =>
                    zone.OrderByDescending(subnet => Score(cluster, subnet)).ThenBy(subnet => subnet.Name, StringComparer.Ordinal).First()
                )
                .OrderBy(subnet => subnet.Name, StringComparer.Ordinal),
        ];

    /// <summary>All subnets that it could stand in.</summary>
    public static IEnumerable<ClusterSubnetSpec> Candidates(AwsCluster cluster, bool isInternal) =>
        cluster.Spec.Subnets.Where(subnet => subnet.Type is "Private" or "DualStack" == isInternal);

    private static int Score(AwsCluster cluster, ClusterSubnetSpec subnet) =>
        subnet.Type switch
        {
            "Utility" => 3,
            "DualStack" => 2,
            _ => 0,
        }
        + (
            cluster.CloudGroups.Any(group => group.Role == MachineRole.ControlPlane && group.Subnets.Any(own => own.Name == subnet.Name))
                ? 1
                : 0
        );
}
