using Kops.Api.Views;
using Kops.Resources.Values;

namespace Kops.Resources.Hetzner;

/// <summary>The network, and who may speak to its machines from outside.</summary>
internal static class NetworkBuilder
{
    public static IEnumerable<Resource> Build(HetznerCluster cluster) => [.. Network(cluster), .. Firewalls(cluster)];

    private static IEnumerable<Resource> Network(HetznerCluster cluster)
    {
        if (cluster.Spec.NetworkID is { Length: > 0 } id)
        {
            yield return Resource.Shared(HetznerKinds.Network, id, id);
            yield break;
        }

        var network = new Resource(
            HetznerKinds.Network,
            cluster.Name,
            new()
            {
                ["ip_range"] = cluster.Spec.NetworkCIDR,
                ["labels"] = cluster.Labels(),
                ["name"] = cluster.Name,
            }
        );
        yield return network;
        yield return new(
            HetznerKinds.Subnet,
            $"{cluster.Name}-{cluster.Spec.NetworkCIDR}",
            new()
            {
                ["ip_range"] = cluster.Spec.NetworkCIDR,
                ["network_id"] = network.Ref(),
                ["network_zone"] = cluster.Region,
                ["type"] = "cloud",
            }
        );
    }

    private static IEnumerable<Resource> Firewalls(HetznerCluster cluster)
    {
        var ssh = Rules(cluster.Spec.SshAccess, "22", "tcp");
        // Behind a load balancer, the API is reached by the network alone.
        var api = cluster.Spec.Api?.LoadBalancer is null ? Rules(cluster.Spec.KubernetesApiAccess, "443", "tcp") : [];
        yield return Firewall(cluster, "control-plane", "ControlPlane", ssh.Concat(api));
        var ports = cluster.Spec.KubeAPIServer?.ServiceNodePortRange ?? "30000-32767";
        yield return Firewall(cluster, "nodes", "Node", ssh.Concat(Rules(cluster.Spec.NodePortAccess, ports, "tcp", "udp")));
    }

    private static Resource Firewall(HetznerCluster cluster, string name, string role, IEnumerable<Block> rules) =>
        new(
            HetznerKinds.Firewall,
            $"{name}.{cluster.Name}",
            new()
            {
                ["apply_to"] = new Block { ["label_selector"] = cluster.Selector(role) },
                ["labels"] = cluster.Labels(new KeyValuePair<string, string>("kops.k8s.io/firewall-role", name)),
                ["name"] = $"{name}.{cluster.Name}",
                ["rule"] = Value.List(rules),
            }
        );

    private static IEnumerable<Block> Rules(ListView<string> ranges, string port, params string[] protocols) =>
        ranges.Count == 0
            ? []
            : protocols.Select(protocol => new Block
            {
                ["direction"] = "in",
                ["port"] = port,
                ["protocol"] = protocol,
                ["source_ips"] = Value.List(ranges),
            });
}
