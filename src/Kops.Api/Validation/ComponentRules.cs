using System.Globalization;
using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>The components of Kubernetes: API server, controllers, scheduler, proxy, kubelet.</summary>
internal static partial class ComponentRules
{
    // Where the cache on each machine listens when the cluster does not say.
    private const string LocalIPv4 = "169.254.20.10";
    private const string LocalIPv6 = "fd00:90de:d95::1";

    // Flags that Kubernetes no longer has.
    private static readonly (string Field, string Cure)[] GoneFromKubelet =
    [
        ("configureCbr0", "was removed in Kubernetes 1.5: remove it"),
        ("apiServers", "was removed in Kubernetes 1.6: remove it"),
        ("requireKubeconfig", "was removed in Kubernetes 1.10: remove it (is this the output of get cluster --full?)"),
        ("experimentalAllowedUnsafeSysctls", "is called allowedUnsafeSysctls since Kubernetes 1.11"),
        ("bootstrapKubeconfig", "is not supported, for there are no bootstrap tokens: remove it"),
        ("enableCadvisorJsonEndpoints", "was removed in Kubernetes 1.21: remove it"),
        ("cpuCFSQuotaPeriod", "was removed in Kubernetes 1.20: remove it"),
        ("networkPluginName", "was removed in Kubernetes 1.24: remove it"),
        ("networkPluginMTU", "was removed in Kubernetes 1.24: remove it"),
        ("nonMasqueradeCIDR", "was removed in Kubernetes 1.24: remove it"),
    ];

    public static void Check(ClusterContext cluster)
    {
        ApiServer(cluster, cluster.Spec["kubeAPIServer"]);
        var manager = cluster.Spec["kubeControllerManager"];
        manager["experimentalClusterSigningDuration"].Forbid("is called clusterSigningDuration since Kubernetes 1.25");
        if (Cidr.Check(manager["clusterCIDR"]) is { } pods && Cidr.Find(cluster.Spec["nonMasqueradeCIDR"].Text) is { } outer)
            manager["clusterCIDR"].FailIf(!Cidr.IsWithin(pods, outer), $"'{pods}' must lie within spec.nonMasqueradeCIDR, {outer}");
        cluster
            .Spec["kubeScheduler"]["usePolicyConfigMap"]
            .Forbid("is gone: use a KubeSchedulerConfiguration among the additional objects");
        var proxy = cluster.Spec["kubeProxy"];
        foreach (var range in proxy["ipvsExcludeCidrs"].Items)
            range.FailIf(Cidr.Find(range.Text) is null, $"'{range.Text}' is not an address range such as 10.0.0.0/8");
        proxy["master"]
            .FailIf(
                proxy["master"].Text is { } url
                    && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"),
                $"'{proxy["master"].Text}' is not an address such as https://api.internal.example.com"
            );
        foreach (var name in new[] { "kubeAPIServer", "kubeControllerManager" })
            Provider(cluster.Spec[name]["cloudProvider"], cluster);
        Kubelet(cluster.Spec["kubelet"], cluster);
        Kubelet(cluster.Spec["masterKubelet"], cluster);
    }

    public static void Kubelet(Field kubelet, ClusterContext? cluster)
    {
        if (!kubelet.IsSet)
            return;
        foreach (var (name, cure) in GoneFromKubelet)
            kubelet[name].Forbid(cure);
        if (cluster is not null)
            OfCluster(kubelet, cluster);
        kubelet["topologyManagerPolicy"].OneOf("none", "best-effort", "restricted", "single-numa-node");
        kubelet["logFormat"].OneOf("text", "json");
        kubelet["memorySwapBehavior"].OneOf("NoSwap", "LimitedSwap", "UnlimitedSwap");
        var (whole, critical) = (kubelet["shutdownGracePeriod"], kubelet["shutdownGracePeriodCriticalPods"]);
        critical.FailIf(critical.IsSet && !whole.IsSet, "needs shutdownGracePeriod");
        critical.FailIf(critical.Duration > whole.Duration, $"cannot be longer than shutdownGracePeriod, {whole.Text}");
    }

    private static void OfCluster(Field kubelet, ClusterContext cluster)
    {
        kubelet["podInfraContainerImage"]
            .FailIf(
                kubelet["podInfraContainerImage"].IsSet && VersionRules.IsAtLeast(cluster, 35),
                "was removed in Kubernetes 1.35: use spec.containerd.sandboxImage"
            );
        Provider(kubelet["cloudProvider"], cluster);
        // Pods ask the server that the cluster has, or the cache on their own machine.
        if (kubelet["clusterDNS"] is not { Text: { } given } dns)
            return;
        var (server, local) = (cluster.Spec["kubeDNS"]["serverIP"].Text, cluster.Spec["kubeDNS"]["nodeLocalDNS"]);
        var isServer = server is not null
            ? given == server
            : (cluster.ServiceCidr ?? cluster.ClusterRange) is not { } services
                || Cidr.Address(given) is { } address && services.Contains(address);
        var isLocal = local["enabled"].IsTrue && given == (local["localIP"].Text ?? (cluster.IsIPv6Only ? LocalIPv6 : LocalIPv4));
        dns.FailIf(!isServer && !isLocal, $"'{given}' is neither spec.kubeDNS.serverIP nor spec.kubeDNS.nodeLocalDNS.localIP: remove it");
    }

    private static void Provider(Field provider, ClusterContext cluster) =>
        provider.FailIf(
            provider.Text is { } name && name != "external" && name != cluster.Cloud.Name,
            $"'{provider.Text}' is not the cluster's cloud: use external, or remove it"
        );

    private static void ApiServer(ClusterContext cluster, Field server)
    {
        if (!server.IsSet)
            return;
        server["enableBootstrapTokenAuth"].FailIf(server["enableBootstrapTokenAuth"].IsTrue, "is not supported: remove it");
        server["admissionControl"].Forbid("is called enableAdmissionPlugins since Kubernetes 1.26");
        foreach (var plugin in server["enableAdmissionPlugins"].Items)
            plugin.FailIf(plugin.Text == "PodSecurityPolicy", "was removed in Kubernetes 1.25: use PodSecurity");
        server.FailIf(
            server["proxyClientCertFile"].IsSet != server["proxyClientKeyFile"].IsSet,
            "needs both proxyClientCertFile and proxyClientKeyFile, or neither"
        );
        server["authenticationConfigFile"]
            .FailIf(
                server["authenticationConfigFile"].Text is not null
                    && server.Entries.Any(entry => entry.Key.StartsWith("oidc", StringComparison.Ordinal) && entry.Value.IsSet),
                "goes with no oidc options: remove them here, and say it in that file"
            );
        server["logFormat"].OneOf("text", "json");
        NodePorts(server["serviceNodePortRange"]);
        Authorization(cluster, server);
        Audit(server);
        var services = server["serviceClusterIPRange"];
        services.FailIf(
            services.Text is { } own && own != cluster.Spec["serviceClusterIPRange"].Text,
            "must be the same as spec.serviceClusterIPRange: remove it here"
        );
    }

    private static void NodePorts(Field field)
    {
        if (field.Text is not { } text)
            return;
        var isFit =
            PortRange().Match(text) is { Success: true } match
            && Port(match, "from") is var from and <= 65535
            // One port is a range of one.
            && (match.Groups["to"].Success ? Port(match, "to") : from) is var to and <= 65535
            && (match.Groups["sign"].Value == "+" ? from + to <= 65535 : from <= to);
        field.FailIf(!isFit, $"'{text}' is not a range of ports, such as 30000-32767");
    }

    private static int Port(Match match, string group) =>
        int.TryParse(match.Groups[group].Value, CultureInfo.InvariantCulture, out var port) ? port : int.MaxValue;

    private static void Authorization(ClusterContext cluster, Field server)
    {
        if (server["authorizationMode"] is not { Text: { } text } mode)
            return;
        server["authorizationWebhookConfigFile"]
            .FailIf(
                text.Contains("Webhook", StringComparison.Ordinal) && !server["authorizationWebhookConfigFile"].IsSet,
                "is required by authorizationMode Webhook"
            );
        if (!cluster.Spec["authorization"]["rbac"].IsSet)
            return;
        var modes = text.Split(',');
        foreach (var other in modes.Where(each => each is not ("ABAC" or "Webhook" or "Node" or "RBAC" or "AlwaysAllow" or "AlwaysDeny")))
            mode.Fail($"'{other}' is not an authorization mode: use ABAC, Webhook, Node, RBAC, AlwaysAllow or AlwaysDeny");
        mode.FailIf(cluster.IsAws && !(modes.Contains("Node") && modes.Contains("RBAC")), "must hold Node and RBAC on AWS");
    }

    private static void Audit(Field server)
    {
        if (server["auditWebhookConfigFile"] is not { Text: { } text } webhook)
            return;
        var policy = server["auditPolicyFile"].Text;
        webhook.FailIf(policy is null, "needs auditPolicyFile");
        webhook.FailIf(policy is not null && Directory(policy) != Directory(text), "must be in the directory of auditPolicyFile");
    }

    private static string Directory(string path) => path[..(path.LastIndexOf('/') + 1)];

    [GeneratedRegex(
        @"^\s*(?<from>\d{1,5})((?<sign>[-+])(?<to>\d{1,5}))?\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PortRange();
}
