using Kops.Resources.Values;

namespace Kops.Resources.Hetzner;

/// <summary>The load balancer in front of the API, and of kops-controller where nodes find that by it.</summary>
internal static class BalancerBuilder
{
    public static IEnumerable<Resource> Build(HetznerCluster cluster)
    {
        if (cluster.Spec.Api?.LoadBalancer is null)
            yield break;
        var balancer = new Resource(
            HetznerKinds.Balancer,
            $"api.{cluster.Name}",
            new()
            {
                ["labels"] = cluster.Labels(),
                ["load_balancer_type"] = "lb11",
                ["location"] = cluster.Zone,
                ["name"] = $"api.{cluster.Name}",
            }
        );
        yield return balancer;
        yield return new(
            HetznerKinds.BalancerNetwork,
            balancer.Name,
            new() { ["load_balancer_id"] = balancer.Ref(), ["network_id"] = cluster.Network() }
        );
        yield return new(
            HetznerKinds.BalancerTarget,
            balancer.Name,
            new()
            {
                ["label_selector"] = cluster.Selector("ControlPlane"),
                ["load_balancer_id"] = balancer.Ref(),
                ["type"] = "label_selector",
                ["use_private_ip"] = true,
            }
        );
        foreach (var port in cluster.Spec.Topology?.Dns?.Type == "None" ? [443, 3988] : new[] { 443 })
            yield return new(
                HetznerKinds.BalancerService,
                $"{balancer.Name}-tcp-{port}",
                new()
                {
                    ["destination_port"] = port,
                    ["listen_port"] = port,
                    ["load_balancer_id"] = balancer.Ref(),
                    ["protocol"] = "tcp",
                }
            );
    }
}
