using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Aws.Firewall;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Balancers;

/// <summary>The load balancer in front of the API, and who may speak to it.</summary>
internal static class ApiBalancerBuilder
{
    private const int ApiPort = 443;
    private const int SecondApiPort = 8443;
    private const int ControllerPort = 3988;
    private const int CiliumEtcdPort = 4003;

    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (cluster.ApiBalancer is not { } spec)
            return [];
        if (spec.Class == "Classic")
            throw new NotSupportedException(
                "spec.api.loadBalancer.class: classic load balancers are no longer made; use Network, which kOps 1.37 asks for too"
            );
        var group = SecurityGroups.OfBalancer(cluster, "api");
        var additional = spec.AdditionalSecurityGroups;
        return
        [
            spec.SecurityGroupOverride is { Length: > 0 } id
                ? Resource.Shared(AwsKinds.SecurityGroup, group.Name, id)
                : SecurityGroups.Owned(cluster, group, "api ELB"),
            .. Balancer(cluster, spec, [group.Ref(), .. additional.Select(text => new TextValue(text))]).Build(),
            .. SecurityRule.ToResources([.. FromOutside(cluster, spec, group), .. Inside(cluster, spec, group)]),
        ];
    }

    /// <summary>The target groups that machines of this kind are in.</summary>
    public static IEnumerable<string> Targets(AwsCluster cluster, AwsGroup group)
    {
        if (cluster.ApiBalancer is not { } spec || !group.RunsApi)
            return [];
        return Ports(cluster, spec)
            .Where(port => port.Target is "tcp" or "tls" || group.Role == MachineRole.ControlPlane)
            .Select(port => port.Target);
    }

    private static NetworkBalancer Balancer(AwsCluster cluster, LoadBalancerAccessSpec spec, IReadOnlyList<Value> groups)
    {
        var isInternal = spec.Type == "Internal";
        return new(cluster, "api")
        {
            IsInternal = isInternal,
            Subnets = [.. Subnets(cluster, spec, isInternal)],
            SecurityGroups = groups,
            CrossesZones = cluster.ReachesControllerByBalancer || spec.CrossZoneLoadBalancing == true,
            HasIPv6 = cluster.IsIPv6Only,
            AccessLogs = spec.AccessLog is { } log
                ? new Block
                {
                    ["bucket"] = log.Bucket,
                    ["enabled"] = true,
                    ["prefix"] = log.BucketPrefix,
                }
                : null,
            Ports = [.. Ports(cluster, spec)],
        };
    }

    private static IEnumerable<Block> Subnets(AwsCluster cluster, LoadBalancerAccessSpec spec, bool isInternal) =>
        spec.Subnets.Count > 0
            ? spec
                .Subnets.OrderBy(subnet => subnet.Name, StringComparer.Ordinal)
                .Select(subnet => new Block
                {
                    ["allocation_id"] = subnet.AllocationId,
                    ["private_ipv4_address"] = subnet.PrivateIPv4Address,
                    ["subnet_id"] = cluster.Subnet(cluster.FindSubnet(subnet.Name!).Name!),
                })
            : BalancerSubnets.Choose(cluster, isInternal).Select(subnet => new Block { ["subnet_id"] = cluster.Subnet(subnet.Name!) });

    // Client certificates do not pass a listener that has a certificate of its own: then there is a second one, without.
    private static IEnumerable<BalancerPort> Ports(AwsCluster cluster, LoadBalancerAccessSpec spec)
    {
        if (spec.SslCertificate is { Length: > 0 } certificate)
        {
            yield return new(ApiPort, "tls") { Certificate = certificate, TlsPolicy = spec.SslPolicy ?? "ELBSecurityPolicy-2016-08" };
            yield return new(SecondApiPort, "tcp") { TargetPort = ApiPort };
        }
        else
        {
            yield return new(ApiPort, "tcp");
        }

        if (!cluster.ReachesControllerByBalancer)
            yield break;
        yield return new(ControllerPort, "kops-controller") { HealthPath = "/healthz" };
        if (cluster.HasCiliumEtcd)
            yield return new(CiliumEtcdPort, "etcd-cilium");
    }

    private static IEnumerable<SecurityRule> FromOutside(AwsCluster cluster, LoadBalancerAccessSpec spec, SecurityGroup balancer)
    {
        yield return SecurityRule.Egress(balancer, "0.0.0.0/0");
        yield return SecurityRule.Egress(balancer, "::/0");
        foreach (var range in cluster.Spec.KubernetesApiAccess.Distinct())
        {
            SecurityPeer peer = range;
            yield return SecurityRule.Tcp(balancer, peer, ApiPort);
            if (spec.SslCertificate is { Length: > 0 })
                yield return SecurityRule.Tcp(balancer, peer, SecondApiPort);
            if (!peer.IsIPv6)
                yield return SecurityRule.PathMtu($"icmp-pmtu-api-elb-{range}", balancer, peer);
            if (!peer.IsIPv4)
                yield return SecurityRule.PathMtuIPv6($"icmpv6-pmtu-api-elb-{range}", balancer, peer);
        }
    }

    private static IEnumerable<SecurityRule> Inside(AwsCluster cluster, LoadBalancerAccessSpec spec, SecurityGroup balancer)
    {
        foreach (var master in SecurityGroups.Of(cluster, MachineRole.ControlPlane))
        {
            var suffix = master.Suffix;
            yield return SecurityRule.Tcp(master, balancer, ApiPort) with
            {
                Name = "https-elb-to-master" + suffix,
            };
            yield return SecurityRule.PathMtu("icmp-pmtu-elb-to-cp" + suffix, master, balancer);
            yield return SecurityRule.PathMtu($"icmp-pmtu-cp{suffix}-to-elb", balancer, master);
            if (spec.SslCertificate is { Length: > 0 })
                yield return SecurityRule.Tcp(master, balancer, SecondApiPort) with
                {
                    Name = "tcp-api-cp" + suffix,
                };
            if (!cluster.ReachesControllerByBalancer)
                continue;
            yield return SecurityRule.Tcp(master, balancer, ControllerPort) with
            {
                Name = "kops-controller-elb-to-cp" + suffix,
            };
            if (cluster.HasCiliumEtcd)
                yield return SecurityRule.Tcp(master, balancer, CiliumEtcdPort) with
                {
                    Name = "etcd-cilium-elb-to-cp" + suffix,
                };
        }

        if (!cluster.ReachesControllerByBalancer)
            yield break;
        foreach (var node in SecurityGroups.Of(cluster, MachineRole.Node))
            yield return new(balancer, node) { Name = $"node{node.Suffix}-to-elb" };
    }
}
