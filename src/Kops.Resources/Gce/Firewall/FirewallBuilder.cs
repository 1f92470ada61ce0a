using Kops.Api.Clouds;
using Kops.Resources.Gce.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Firewall;

/// <summary>Who may speak to whom. Machines are known by their network tags.</summary>
internal static class FirewallBuilder
{
    private const string Https = "tcp:443";
    private const string Ssh = "tcp:22";
    private const string KopsController = "tcp:3988";

    private static readonly string[] Everything = ["tcp", "udp", "icmp", "esp", "ah", "sctp"];

    // Where Google asks from whether machines are well.
    private static readonly string[] HealthChecks = ["35.191.0.0/16", "130.211.0.0/22", "209.85.204.0/22", "209.85.152.0/22"];

    public static IEnumerable<Resource> Build(GceCluster cluster) => [.. Inside(cluster), .. Outside(cluster), .. Api(cluster)];

    private static IEnumerable<Resource> Inside(GceCluster cluster)
    {
        var (masters, nodes) = (Masters(cluster), Tags(cluster, "node"));
        yield return FromMachines(cluster, "master-to-master", masters, masters, Everything);
        yield return FromMachines(cluster, "master-to-node", masters, nodes, Everything);
        yield return FromMachines(cluster, "node-to-node", nodes, nodes, Everything);
        yield return FromMachines(cluster, "node-to-master", nodes, masters, [.. ToMasters(cluster)]);
        if (cluster.UsesAliases && cluster.Spec.PodCIDR is { Length: > 0 } pods)
        {
            yield return Rule(cluster, "pod-cidrs-to-node", "source_ranges", Value.List([pods]), nodes, Everything);
            yield return Rule(cluster, "pod-cidrs-to-https-api", "source_ranges", Value.List([pods]), Serving(cluster), [Https]);
        }
    }

    private static IEnumerable<string> ToMasters(GceCluster cluster)
    {
        yield return Https;
        yield return "tcp:10250";
        yield return KopsController;
        // What is measured: controller manager, scheduler, kube-proxy, etcd, the machine itself.
        foreach (var port in new[] { 10257, 10259, 10249, 2382, 2384, 9100 })
            yield return $"tcp:{port}";
        if (cluster.Spec.Networking?.Calico is not null)
            yield return "ipip";
        if (cluster.Spec.Networking?.Cilium is { } cilium)
        {
            yield return "udp:8472";
            if (cilium.EtcdManaged == true)
                yield return "tcp:4003";
        }
    }

    private static IEnumerable<Resource> Outside(GceCluster cluster)
    {
        var (masters, nodes, bastions) = (Masters(cluster), Tags(cluster, "node"), Tags(cluster, "bastion"));
        // Where there is a bastion, it is the only door for SSH.
        var ssh = cluster.Groups.Any(group => group.Role == MachineRole.Bastion)
            ?
            [
                .. FromRanges(cluster, "ssh-external-to-bastion", cluster.Spec.SshAccess, bastions, Ssh),
                FromMachines(cluster, "bastion-to-master-ssh", bastions, masters, [Ssh]),
                FromMachines(cluster, "bastion-to-node-ssh", bastions, nodes, [Ssh]),
            ]
            : FromRanges(cluster, "ssh-external-to-master", cluster.Spec.SshAccess, masters, Ssh)
                .Concat(FromRanges(cluster, "ssh-external-to-node", cluster.Spec.SshAccess, nodes, Ssh));
        var ports = cluster.Spec.KubeAPIServer?.ServiceNodePortRange ?? "30000-32767";
        return ssh.Concat(
            FromRanges(cluster, "nodeport-external-to-node", cluster.Spec.NodePortAccess, nodes, $"tcp:{ports}", $"udp:{ports}")
        );
    }

    private static IEnumerable<Resource> Api(GceCluster cluster)
    {
        var access = cluster.Spec.KubernetesApiAccess;
        if (cluster.ApiBalancer is null)
            return FromRanges(cluster, "kubernetes-master-https", access, Masters(cluster), Https);
        IEnumerable<Resource> rules =
        [
            .. FromRanges(cluster, "https-api", access, Serving(cluster), Https),
            Rule(cluster, "lb-health-checks", "source_ranges", Value.List(HealthChecks), Serving(cluster), ["tcp"]),
        ];
        return cluster.UsesNoDns
            ? rules.Concat(FromRanges(cluster, "kops-controller", access, Tags(cluster, "control-plane"), KopsController))
            : rules;
    }

    private static ListValue Masters(GceCluster cluster) =>
        Tags(cluster, ["control-plane", .. cluster.HasApiServers ? ["apiserver"] : Array.Empty<string>(), "master"]);

    private static ListValue Serving(GceCluster cluster) =>
        Tags(cluster, ["control-plane", .. cluster.HasApiServers ? ["apiserver"] : Array.Empty<string>()]);

    private static ListValue Tags(GceCluster cluster, params string[] roles) => Value.List(roles.Select(cluster.NetworkTag));

    private static Resource FromMachines(GceCluster cluster, string name, ListValue from, ListValue to, string[] allowed) =>
        Rule(cluster, name, "source_tags", from, to, allowed);

    // A rule is about one family of addresses. Without any, it is there but off, so that Google's own default does not take its place.
    private static IEnumerable<Resource> FromRanges(
        GceCluster cluster,
        string name,
        IEnumerable<string> ranges,
        ListValue to,
        params string[] allowed
    )
    {
        var families = ranges.Distinct().ToLookup(range => range.Contains(':', StringComparison.Ordinal));
        foreach (var (isIPv6, suffix, any) in new[] { (false, string.Empty, "0.0.0.0/0"), (true, "-ipv6", "::/0") })
        {
            var isOff = !families[isIPv6].Any();
            var from = Value.List(isOff ? [any] : families[isIPv6].Order(StringComparer.Ordinal));
            yield return Rule(cluster, name + suffix, "source_ranges", from, to, allowed, isOff);
        }
    }

    private static Resource Rule(
        GceCluster cluster,
        string name,
        string source,
        ListValue from,
        ListValue to,
        string[] allowed,
        bool isOff = false
    ) =>
        new(
            GceKinds.Firewall,
            cluster.Named(name),
            new()
            {
                ["allow"] = Value.List(allowed.Select(Allow)),
                ["disabled"] = isOff,
                ["name"] = cluster.Named(name),
                ["network"] = cluster.Network(),
                [source] = from,
                ["target_tags"] = to,
            }
        );

    private static Block Allow(string traffic) =>
        traffic.Split(':') is [var protocol, var ports]
            ? new() { ["ports"] = Value.List([ports]), ["protocol"] = protocol }
            : new() { ["protocol"] = traffic };
}
