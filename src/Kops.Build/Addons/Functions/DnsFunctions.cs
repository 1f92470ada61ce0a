using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Manifests;
using Kops.Build.Trees;
using Kops.Templates.Faults;
using Kops.Templates.Functions;

namespace Kops.Build.Addons.Functions;

/// <summary>What keeps the cluster's names, inside and outside.</summary>
internal static class DnsFunctions
{
    private const int GossipMesh = 3999;
    private const int GossipMembers = 4000;
    private const int GossipController = 3993;
    private const int NodeLocalHealth = 3989;

    public static void AddTo(FunctionTable table, BuildContext context) =>
        table
            .Add("ClusterDNSDomain", () => context.Name)
            .Add("PublishesDNSRecords", () => !context.UsesNoDns && !UsesGossip(context))
            .Add("DNSControllerPriorityClassName", () => context.Spec.ExternalDns?.PriorityClassName ?? "system-cluster-critical")
            .Add("DnsControllerArgv", () => AddonFunctions.Texts(Controller(context)))
            .Add("ExternalDnsArgv", () => AddonFunctions.Texts(ExternalDns(context)))
            .Add("DNSControllerEnvs", () => AddonFunctions.Texts(Environment(context)))
            .Add("ProxyEnv", () => AddonFunctions.Texts(SystemEnvironment.ProxyOfPods(context)))
            .Add("NodeLocalDNSHealthCheck", () => $"{NodeLocalHealth}")
            .Add(
                "NodeLocalDNSClusterIP",
                () =>
                    context.Spec.KubeProxy?.ProxyMode == "ipvs"
                        ? context.Spec.KubeDNS?.ServerIP ?? string.Empty
                        : "__PILLAR__CLUSTER__DNS__"
            );

    /// <summary>Whether machines tell each other names, since no zone keeps them.</summary>
    public static bool UsesGossip(BuildContext context) =>
        context.Name.EndsWith(".k8s.local", StringComparison.Ordinal) && !context.UsesNoDns;

    private static IEnumerable<string> Controller(BuildContext context)
    {
        var dns = context.Spec.ExternalDns;
        yield return $"--watch-ingress={(dns?.WatchIngress == true ? "true" : "false")}";
        if (dns?.WatchNamespace is { Length: > 0 } watched)
            yield return $"--watch-namespace={watched}";
        foreach (var argument in UsesGossip(context) ? Gossip(context) : [$"--dns={Provider(context)}"])
            yield return argument;
        if (context.Spec.DnsZone is { Length: > 0 } zone)
            yield return zone.Contains('.', StringComparison.Ordinal) ? $"--zone={zone}" : $"--zone=*/{zone}";
        yield return context.IsIPv6Only ? "--internal-ipv6" : "--internal-ipv4";
        yield return "--zone=*/*";
        yield return "-v=2";
    }

    private static string Provider(BuildContext context) =>
        context.Cloud.Name switch
        {
            "aws" => context.Request.Variables[VariableNames.AwsRegion]?.StartsWith("cn-", StringComparison.Ordinal) == true
                ? "gossip"
                : "aws-route53",
            "gce" => "google-clouddns",
            "digitalocean" => "digitalocean",
            "openstack" => "openstack-designate",
            "scaleway" => "scaleway",
            var other => throw new FunctionException($"nothing publishes names on {other}; topology.dns.type must be None"),
        };

    private static IEnumerable<string> Gossip(BuildContext context)
    {
        yield return "--dns=gossip";
        if (Tree.Find(context.Internal, "dnsControllerGossipConfig") is not MappingNode own)
        {
            yield return $"--gossip-seed=127.0.0.1:{GossipMesh}";
            yield return "--gossip-protocol-secondary=memberlist";
            yield return $"--gossip-listen-secondary=0.0.0.0:{GossipController}";
            yield return $"--gossip-seed-secondary=127.0.0.1:{GossipMembers}";
            yield break;
        }

        foreach (var argument in Gossip(own, string.Empty, GossipMesh))
            yield return argument;
        if (own["secondary"] is MappingNode second)
        {
            foreach (var argument in Gossip(second, "-secondary", GossipMembers))
                yield return argument;
        }
    }

    private static IEnumerable<string> Gossip(MappingNode config, string suffix, int seedPort)
    {
        foreach (var name in new[] { "protocol", "listen", "secret" })
        {
            if (Tree.TextAt(config, name) is { } value)
                yield return $"--gossip-{name}{suffix}={value}";
        }

        yield return $"--gossip-seed{suffix}={Tree.TextAt(config, "seed") ?? $"127.0.0.1:{seedPort}"}";
    }

    private static IEnumerable<string> ExternalDns(BuildContext context)
    {
        var dns = context.Spec.ExternalDns;
        foreach (var argument in ExternalProvider(context))
            yield return argument;
        yield return "--events";
        if (dns?.WatchIngress != false)
            yield return "--source=ingress";
        yield return "--source=pod";
        yield return "--source=service";
        yield return "--compatibility=kops-dns-controller";
        yield return "--registry=txt";
        yield return $"--txt-owner-id=kops-{context.Name}";
        yield return $"--zone-id-filter={context.Spec.DnsZone}";
        if (dns?.WatchNamespace is { Length: > 0 } watched)
            yield return $"--namespace={watched}";
    }

    private static string[] ExternalProvider(BuildContext context) =>
        context.Cloud.Name switch
        {
            "aws" => ["--provider=aws"],
            "openstack" => ["--provider=designate"],
            "gce" => ["--provider=google", $"--google-project={context.Spec.Project}"],
            var other => throw new FunctionException($"external-dns publishes no names on {other}"),
        };

    private static IEnumerable<KeyValuePair<string, string>> Environment(BuildContext context) =>
        context.Cloud.Name == "openstack"
            ? SystemEnvironment.Values(context).Where(pair => pair.Key.StartsWith("OS_", StringComparison.Ordinal))
            : [];
}
