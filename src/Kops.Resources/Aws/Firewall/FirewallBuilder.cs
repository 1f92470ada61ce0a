using Kops.Api.Clouds;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Firewall;

/// <summary>Who may speak to whom: machines to each other, and the world to them.</summary>
internal static class FirewallBuilder
{
    private const int LastPort = 65535;

    public static IEnumerable<Resource> Build(AwsCluster cluster) =>
        [.. SecurityGroups.Build(cluster), .. SecurityRule.ToResources(Inside(cluster).Concat(Outside(cluster)))];

    private static IEnumerable<SecurityRule> Inside(AwsCluster cluster)
    {
        var masters = SecurityGroups.Of(cluster, MachineRole.ControlPlane);
        var nodes = SecurityGroups.Of(cluster, MachineRole.Node);
        foreach (var group in masters.Concat(nodes))
        {
            yield return SecurityRule.Egress(group, "0.0.0.0/0");
            yield return SecurityRule.Egress(group, "::/0");
        }

        foreach (var node in nodes)
        foreach (var other in nodes)
            yield return new(other, node);
        foreach (var master in masters)
        foreach (var other in masters.Concat(nodes))
            yield return new(other, master);
        foreach (var master in masters)
        foreach (var node in nodes)
        foreach (var rule in NodeToMaster(cluster, node, master))
            yield return rule;
    }

    // Nodes reach all of the control plane but etcd. By port that is much; pods have to be reached too.
    private static IEnumerable<SecurityRule> NodeToMaster(AwsCluster cluster, SecurityGroup node, SecurityGroup master)
    {
        yield return SecurityRule.Tcp(master, node, 1, LastPort) with
        {
            Protocol = "udp",
        };
        var from = 1;
        foreach (var port in EtcdPorts(cluster).Order())
        {
            if (from < port)
                yield return SecurityRule.Tcp(master, node, from, port - 1);
            from = port + 1;
        }

        yield return SecurityRule.Tcp(master, node, from, LastPort);
        // Pods that are tunnelled as IP in IP.
        if (cluster.Spec.Networking is { Calico: not null } or { Kuberouter: not null })
            yield return new(master, node) { Protocol = "4" };
        if (cluster.Spec.Networking?.Amazonvpc is not null)
            yield return new(master, node);
    }

    // Members to each other, and the API to them. Nodes reach Cilium's etcd themselves.
    private static IEnumerable<int> EtcdPorts(AwsCluster cluster) =>
        [
            2380,
            2381,
            4001,
            4002,
            .. cluster.HasCiliumEtcd ? [2382] : Array.Empty<int>(),
            .. cluster.Spec.EtcdClusters.Any(etcd => etcd.Name == "leases") ? [2383, 4004] : Array.Empty<int>(),
        ];

    private static IEnumerable<SecurityRule> Outside(AwsCluster cluster)
    {
        var masters = SecurityGroups.Of(cluster, MachineRole.ControlPlane);
        var nodes = SecurityGroups.Of(cluster, MachineRole.Node);
        // Where there is a bastion, it is the only door for SSH.
        if (!cluster.CloudGroups.Any(group => group.Role == MachineRole.Bastion))
        {
            foreach (var range in cluster.Spec.SshAccess.Distinct())
            foreach (var group in masters.Concat(nodes))
                yield return SecurityRule.Tcp(group, range, 22);
        }

        var (first, last) = NodePorts(cluster);
        foreach (var range in cluster.Spec.NodePortAccess.Distinct())
        foreach (var group in nodes)
        foreach (var protocol in new[] { "tcp", "udp" })
            yield return SecurityRule.Tcp(group, range, first, last) with
            {
                Protocol = protocol,
                Name = $"nodeport-{protocol}-external-to-node-{range}{group.Suffix}",
            };
        if (cluster.ApiBalancer is not null)
            yield break;
        foreach (var range in cluster.Spec.KubernetesApiAccess.Distinct())
        foreach (var group in masters)
            yield return SecurityRule.Tcp(group, range, 443);
    }

    private static (int First, int Last) NodePorts(AwsCluster cluster)
    {
        var range = cluster.Spec.KubeAPIServer?.ServiceNodePortRange ?? "30000-32767";
        return range.Split('-') is [var first, var last] && int.TryParse(first, out var from) && int.TryParse(last, out var to)
            ? (from, to)
            : throw new FormatException($"spec.kubeAPIServer.serviceNodePortRange: '{range}' is not a range; write 30000-32767");
    }
}
