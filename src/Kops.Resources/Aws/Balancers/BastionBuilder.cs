using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Aws.Firewall;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Balancers;

/// <summary>The door for SSH: a load balancer in front of the bastions, and who may pass.</summary>
internal static class BastionBuilder
{
    private const int Ssh = 22;

    /// <summary>What the machines behind it are called.</summary>
    public const string Target = "bastion";

    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (!cluster.CloudGroups.Any(group => group.Role == MachineRole.Bastion))
            return [];
        var group = SecurityGroups.OfBalancer(cluster, "bastion");
        var isInternal = cluster.Spec.Topology?.Bastion?.LoadBalancer?.Type == "Internal";
        var balancer = new NetworkBalancer(cluster, "bastion")
        {
            IsInternal = isInternal,
            Subnets =
            [
                .. BalancerSubnets.Choose(cluster, isInternal).Select(subnet => new Block { ["subnet_id"] = cluster.Subnet(subnet.Name!) }),
            ],
            SecurityGroups = [group.Ref()],
            HasIPv6 = HasIPv6(cluster),
            Ports = [new(Ssh, Target)],
        };
        return
        [
            SecurityGroups.Owned(cluster, group, "bastion ELB"),
            .. balancer.Build(),
            .. SecurityRule.ToResources(Rules(cluster, group, isInternal)),
        ];
    }

    /// <summary>Whether the bastions' load balancer has IPv6 addresses too.</summary>
    public static bool HasIPv6(AwsCluster cluster) => cluster.CloudGroups.Any(group => group.HasIPv6);

    private static IEnumerable<SecurityRule> Rules(AwsCluster cluster, SecurityGroup balancer, bool isInternal)
    {
        var bastions = SecurityGroups.Of(cluster, MachineRole.Bastion);
        var others = SecurityGroups.Of(cluster, MachineRole.ControlPlane).Concat(SecurityGroups.Of(cluster, MachineRole.Node)).ToList();
        foreach (var group in bastions.Append(balancer))
        {
            yield return SecurityRule.Egress(group, "0.0.0.0/0");
            yield return SecurityRule.Egress(group, "::/0");
        }

        foreach (var bastion in bastions)
        {
            foreach (var other in others)
                yield return SecurityRule.Tcp(other, bastion, Ssh);
            yield return SecurityRule.Tcp(bastion, balancer, Ssh);
            yield return SecurityRule.PathMtu(null, bastion, balancer);
            yield return SecurityRule.PathMtu(null, balancer, bastion);
        }

        // The balancer asks from its own subnets whether a bastion is well.
        var ranges = BalancerSubnets.Candidates(cluster, isInternal).Select(subnet => subnet.Cidr).OfType<string>();
        foreach (var range in ranges.Concat(cluster.Spec.SshAccess).Distinct())
        {
            SecurityPeer peer = range;
            yield return SecurityRule.Tcp(balancer, peer, Ssh);
            if (peer.IsIPv4)
                yield return SecurityRule.PathMtu($"icmp-pmtu-ssh-nlb-{range}", balancer, peer);
            if (peer.IsIPv6)
                yield return SecurityRule.PathMtuIPv6($"icmpv6-pmtu-ssh-nlb-{range}", balancer, peer);
        }
    }
}
