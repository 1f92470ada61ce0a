using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Balancers;

/// <summary>A network load balancer: what it is called, where it stands, and what passes it.</summary>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Prefix">What it is for: <c>api</c>.</param>
internal sealed record NetworkBalancer(AwsCluster Cluster, string Prefix)
{
    public string Name => $"{Prefix}.{Cluster.Name}";

    public required bool IsInternal { get; init; }

    public required IReadOnlyList<Block> Subnets { get; init; }

    public required IReadOnlyList<Value> SecurityGroups { get; init; }

    public bool CrossesZones { get; init; }

    public bool HasIPv6 { get; init; }

    public Block? AccessLogs { get; init; }

    public required IReadOnlyList<BalancerPort> Ports { get; init; }

    public IEnumerable<Resource> Build()
    {
        yield return new(
            AwsKinds.Balancer,
            Name,
            new()
            {
                ["access_logs"] = AccessLogs,
                ["enable_cross_zone_load_balancing"] = CrossesZones,
                ["internal"] = IsInternal,
                ["ip_address_type"] = HasIPv6 ? "dualstack" : null,
                ["load_balancer_type"] = "network",
                ["name"] = Cluster.BalancerName(Prefix),
                ["security_groups"] = Value.Set(SecurityGroups),
                ["subnet_mapping"] = Value.List(Subnets),
                ["tags"] = Cluster.TagMap(Name),
            }
        );
        foreach (var port in Ports)
        {
            yield return Listener(port);
            yield return TargetGroup(port);
        }
    }

    private Resource Listener(BalancerPort port) =>
        new(
            AwsKinds.Listener,
            $"{Name}-{port.Port}",
            new()
            {
                ["certificate_arn"] = port.Certificate,
                ["default_action"] = new Block { ["target_group_arn"] = Cluster.TargetGroup(port.Target), ["type"] = "forward" },
                ["load_balancer_arn"] = AwsKinds.Balancer.Of(Name),
                ["port"] = port.Port,
                ["protocol"] = port.Certificate is null ? "TCP" : "TLS",
                ["ssl_policy"] = port.Certificate is null ? null : port.TlsPolicy,
            }
        );

    private Resource TargetGroup(BalancerPort port)
    {
        var name = Cluster.BalancerName(port.Target);
        return new(
            AwsKinds.TargetGroup,
            name,
            new()
            {
                // The provider takes these two as texts.
                ["connection_termination"] = "true",
                ["deregistration_delay"] = "30",
                ["health_check"] = new Block
                {
                    ["healthy_threshold"] = 2,
                    ["interval"] = 10,
                    ["path"] = port.HealthPath,
                    ["protocol"] = port.HealthPath is null ? "TCP" : "HTTPS",
                    ["unhealthy_threshold"] = 2,
                },
                ["name"] = name,
                ["port"] = port.TargetPort ?? port.Port,
                ["protocol"] = port.Certificate is null ? "TCP" : "TLS",
                ["tags"] = Cluster.TagMap(name),
                ["vpc_id"] = Cluster.Vpc(),
            }
        );
    }
}
