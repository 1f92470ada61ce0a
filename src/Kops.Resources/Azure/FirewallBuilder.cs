using Kops.Api.Clouds;
using Kops.Api.Views;
using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>Who may speak to whom: rules in one security group, in which the machines of each role have a name.</summary>
internal static class FirewallBuilder
{
    private const string Any = "*";

    public static IEnumerable<Resource> Build(AzureCluster cluster) =>
        [
            cluster.Tagged(AzureKinds.Machines, cluster.MachinesName(MachineRole.ControlPlane), new()),
            cluster.Tagged(AzureKinds.Machines, cluster.MachinesName(MachineRole.Node), new()),
            cluster.Tagged(AzureKinds.SecurityGroup, cluster.Name, new() { ["security_rule"] = Value.List(Rules(cluster)) }),
        ];

    // Azure takes the first rule that fits, by priority.
    private static IEnumerable<Block> Rules(AzureCluster cluster)
    {
        var apis = Value.List(cluster.Machines(MachineRole.ControlPlane));
        var nodes = Value.List(cluster.Machines(MachineRole.Node));
        var all = Value.List(cluster.Machines(MachineRole.ControlPlane), cluster.Machines(MachineRole.Node));
        var nodePorts = cluster.Spec.KubeAPIServer?.ServiceNodePortRange ?? "30000-32767";
        return
        [
            .. FromOutside("AllowSSH", 100, cluster.Spec.SshAccess, "Tcp", all, "22"),
            .. FromOutside("AllowKubernetesAPI", 200, cluster.Spec.KubernetesApiAccess, "Tcp", apis, "443"),
            .. FromOutside("AllowNodePortTCP", 300, cluster.Spec.NodePortAccess, "Tcp", nodes, nodePorts),
            .. FromOutside("AllowNodePortUDP", 302, cluster.Spec.NodePortAccess, "Udp", nodes, nodePorts),
            Between("AllowControlPlaneToControlPlane", 1000, apis, apis),
            Between("AllowControlPlaneToNodes", 1001, apis, nodes),
            Between("AllowNodesToNodes", 1002, nodes, nodes),
            Between("DenyNodesToEtcdManager", 1003, nodes, apis, "2380-2381"),
            Between("DenyNodesToEtcd", 1004, nodes, apis, "4001"),
            Between("AllowNodesToControlPlane", 1005, nodes, apis),
            .. cluster.UsesNoDns ? ByBalancer(cluster, apis) : [],
            Rule(
                "AllowAzureLoadBalancer",
                4000,
                Any,
                new() { ["destination_address_prefix"] = "VirtualNetwork", ["source_address_prefix"] = "AzureLoadBalancer" },
                Any
            ),
            Rule("DenyAllToControlPlane", 4001, Any, To(apis, new() { ["source_address_prefix"] = Any }), Any),
            Rule("DenyAllToNodes", 4002, Any, To(nodes, new() { ["source_address_prefix"] = Any }), Any),
        ];
    }

    // Nodes reach the API by its public address, and so with the address that they have to the outside.
    private static Block[] ByBalancer(AzureCluster cluster, ListValue apis)
    {
        var source = new Block { ["source_address_prefix"] = AzureKinds.PublicAddress.Of(cluster.Name, "ip_address") };
        return
        [
            Rule("AllowNodesToKubernetesAPI", 2000, "Tcp", To(apis, source), "443"),
            Rule("AllowNodesToKopsController", 2001, "Tcp", To(apis, source), "3988"),
        ];
    }

    // A rule knows either IPv4 or IPv6.
    private static IEnumerable<Block> FromOutside(
        string name,
        long priority,
        ListView<string> ranges,
        string protocol,
        ListValue machines,
        string port
    )
    {
        foreach (var version in ranges.ToLookup(range => range.Contains(':', StringComparison.Ordinal)).OrderBy(version => version.Key))
            yield return Rule(
                name + (version.Key ? "_v6" : string.Empty),
                priority + (version.Key ? 1 : 0),
                protocol,
                To(machines, new() { ["source_address_prefixes"] = Value.List(version) }),
                port
            );
    }

    private static Block Between(string name, long priority, ListValue from, ListValue to, string port = Any) =>
        Rule(name, priority, port == Any ? Any : "Tcp", To(to, new() { ["source_application_security_group_ids"] = from }), port);

    private static Block To(ListValue machines, Block source) =>
        new Block { ["destination_application_security_group_ids"] = machines }.With(source);

    private static Block Rule(string name, long priority, string protocol, Block ends, string port) =>
        new Block
        {
            ["access"] = name.StartsWith("Deny", StringComparison.Ordinal) ? "Deny" : "Allow",
            ["destination_port_range"] = port,
            ["direction"] = "Inbound",
            ["name"] = name,
            ["priority"] = priority,
            ["protocol"] = protocol,
            ["source_port_range"] = Any,
        }.With(ends);
}
