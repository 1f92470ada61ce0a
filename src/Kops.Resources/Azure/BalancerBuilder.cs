using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>The load balancer in front of the API, and of kops-controller where nodes find that by it.</summary>
internal static class BalancerBuilder
{
    private const string FrontEnd = "LoadBalancerFrontEnd";

    public static IEnumerable<Resource> Build(AzureCluster cluster)
    {
        if (cluster.Spec.Api?.LoadBalancer is not { } access)
            yield break;
        var isInternal = access.Type == "Internal";
        var address = NetworkBuilder.Address(cluster, cluster.Balancer);
        if (!isInternal)
            yield return address;
        var balancer = cluster.Tagged(
            AzureKinds.Balancer,
            cluster.Balancer,
            new()
            {
                ["frontend_ip_configuration"] = new Block
                {
                    ["name"] = FrontEnd,
                    ["private_ip_address_allocation"] = isInternal ? "Dynamic" : null,
                    ["public_ip_address_id"] = isInternal ? null : address.Ref(),
                    ["subnet_id"] = isInternal ? cluster.Subnet(InternalSubnet(cluster)) : null,
                },
                ["sku"] = "Standard",
            }
        );
        var pool = new Resource(
            AzureKinds.BalancerPool,
            PoolName(cluster),
            new() { ["loadbalancer_id"] = balancer.Ref(), ["name"] = "LoadBalancerBackEnd" }
        );
        yield return balancer;
        yield return pool;
        var ports = cluster.UsesNoDns ? new[] { (443, false), (3988, true) } : [(443, false)];
        foreach (var resource in ports.SelectMany(port => Port(balancer, pool, port.Item1, port.Item2)))
            yield return resource;
    }

    /// <summary>What machines behind the load balancer say of it; null when there is none.</summary>
    public static Value? Pool(AzureCluster cluster) =>
        cluster.Spec.Api?.LoadBalancer is null ? null : Value.List(AzureKinds.BalancerPool.Of(PoolName(cluster)));

    private static string PoolName(AzureCluster cluster) => cluster.Balancer + "-backend-pool";

    private static IEnumerable<Resource> Port(Resource balancer, Resource pool, long port, bool isHttps)
    {
        var probe = $"Health-{(isHttps ? "HTTPS" : "TCP")}-{port}";
        var check = new Resource(
            AzureKinds.BalancerProbe,
            $"{balancer.Name}-{probe}",
            new()
            {
                ["interval_in_seconds"] = 15,
                ["loadbalancer_id"] = balancer.Ref(),
                ["name"] = probe,
                ["number_of_probes"] = 4,
                ["port"] = port,
                ["protocol"] = isHttps ? "Https" : "Tcp",
                ["request_path"] = isHttps ? "/healthz" : null,
            }
        );
        yield return check;
        yield return new(
            AzureKinds.BalancerRule,
            $"{balancer.Name}-TCP-{port}",
            new()
            {
                ["backend_address_pool_ids"] = Value.List(pool.Ref()),
                ["backend_port"] = port,
                ["floating_ip_enabled"] = false,
                ["frontend_ip_configuration_name"] = FrontEnd,
                ["frontend_port"] = port,
                ["idle_timeout_in_minutes"] = 4,
                ["load_distribution"] = "Default",
                ["loadbalancer_id"] = balancer.Ref(),
                ["name"] = $"TCP-{port}",
                ["probe_id"] = check.Ref(),
                ["protocol"] = "Tcp",
            }
        );
    }

    private static string InternalSubnet(AzureCluster cluster) =>
        cluster.Spec.Subnets.Where(subnet => subnet.Type is not "Utility").Select(subnet => subnet.Name).FirstOrDefault()
        ?? throw new FormatException("spec.subnets: there is none for an internal load balancer");
}
