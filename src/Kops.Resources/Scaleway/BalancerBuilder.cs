using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>The load balancer in front of the API, and of kops-controller where nodes find that by it.</summary>
internal static class BalancerBuilder
{
    public static IEnumerable<Resource> Build(ScalewayCluster cluster)
    {
        if (cluster.Spec.Api?.LoadBalancer is not { } asked)
            yield break;
        if (asked.Type == "Internal")
            throw new NotSupportedException("spec.api.loadBalancer.type: kOps has no Internal load balancer on Scaleway; use Public");
        var name = $"api.{cluster.Name}";
        var address = new Resource(ScalewayKinds.BalancerAddress, ScalewayCluster.Dashed(name), new());
        var balancer = new Resource(
            ScalewayKinds.Balancer,
            address.Name,
            new()
            {
                ["description"] = $"Load-balancer for kops cluster {cluster.Name}",
                ["ip_id"] = address.Ref(),
                ["name"] = name,
                ["tags"] = ScalewayCluster.Tags([cluster.ClusterTag, ScalewayCluster.ControlPlaneTag, .. cluster.CloudLabels]),
                ["type"] = "LB-S",
            }
        );
        yield return address;
        yield return balancer;
        foreach (var resource in Ports(cluster, balancer))
            yield return resource;
    }

    private static IEnumerable<Resource> Ports(ScalewayCluster cluster, Resource balancer)
    {
        foreach (var (name, port) in cluster.UsesNoDns ? [("https", 443), ("kops-controller", 3988)] : new[] { ("https", 443) })
        {
            var backend = new Resource(
                ScalewayKinds.Backend,
                $"lb-backend-{name}",
                new()
                {
                    ["forward_port"] = port,
                    ["forward_protocol"] = "tcp",
                    ["lb_id"] = balancer.Ref(),
                    ["name"] = $"lb-backend-{name}",
                    ["proxy_protocol"] = "unknown",
                    ["server_ips"] = Value.List(ServerBuilder.ControlPlane(cluster, "private_ip")),
                }
            );
            yield return backend;
            yield return new(
                ScalewayKinds.Frontend,
                $"lb-frontend-{name}",
                new()
                {
                    ["backend_id"] = backend.Ref(),
                    ["inbound_port"] = port,
                    ["lb_id"] = balancer.Ref(),
                    ["name"] = $"lb-frontend-{name}",
                }
            );
        }
    }
}
