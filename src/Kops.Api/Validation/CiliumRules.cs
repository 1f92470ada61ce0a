using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>The options of Cilium.</summary>
internal static partial class CiliumRules
{
    // Its manifest is made for one minor version (kOps: validateNetworkingCilium).
    private const string Minor = "v1.18";

    public static void Check(ClusterContext cluster, Field cilium)
    {
        if (!cilium.IsSet)
            return;
        var version = cilium["version"];
        var isVersion = version.Text is { } text && Version().IsMatch(text);
        version.FailIf(version.Text is not null && !isVersion, $"'{version.Text}' is not a version such as {Minor}.0");
        version.FailIf(
            isVersion && !version.Text!.StartsWith(Minor + ".", StringComparison.Ordinal),
            $"{version.Text} is of another minor version than {Minor}, the one that can be installed"
        );
        cilium["hubble"]["enabled"].FailIf(cilium["hubble"]["enabled"].IsTrue && !cluster.HasCertManager, "needs spec.certManager.enabled");
        cilium["enablePolicy"].OneOf("default", "always", "never");
        cilium["tunnel"].OneOf("vxlan", "geneve", "disabled");
        cilium["monitorAggregation"].OneOf("low", "medium", "maximum");
        cilium["bpfLBAlgorithm"].OneOf("random", "maglev");
        if (cilium["ingress"]["enabled"].IsTrue)
            cilium["ingress"]["defaultLoadBalancerMode"].OneOf("shared", "dedicated");
        cluster
            .Spec["kubeProxy"]["enabled"]
            .FailIf(
                cilium["enableNodePort"].IsTrue && cluster.Spec["kubeProxy"].IsSet && !cluster.Spec["kubeProxy"]["enabled"].IsFalse,
                "must be false, for Cilium serves node ports (spec.networking.cilium.enableNodePort)"
            );
        cilium["enableL7Proxy"]
            .FailIf(
                cilium["enableL7Proxy"].IsTrue && cilium["IPTablesRulesNoinstall"].IsTrue,
                "needs iptables rules: remove IPTablesRulesNoinstall"
            );
        Encryption(cluster, cilium);
        Identities(cluster, cilium);
        Addresses(cluster, cilium);
    }

    private static void Encryption(ClusterContext cluster, Field cilium)
    {
        cilium["enableEncryption"]
            .FailIf(cilium["enableEncryption"].IsTrue && cluster.IsIPv6Only, "is not supported in IPv6 clusters: remove it");
        cilium["encryptionType"].OneOf("ipsec", "wireguard");
        cilium["encryptionType"].FailIf(cilium["encryptionType"].IsSet && !cilium["enableEncryption"].IsTrue, "needs enableEncryption");
    }

    private static void Identities(ClusterContext cluster, Field cilium)
    {
        var mode = cilium["identityAllocationMode"];
        mode.OneOf("crd", "kvstore");
        mode.FailIf(mode.Text == "kvstore" && !cilium["etcdManaged"].IsTrue, "kvstore needs etcdManaged");
        cluster
            .Spec["etcdClusters"]
            .FailIf(
                cilium["etcdManaged"].IsTrue && !cluster.Spec["etcdClusters"].Items.Any(etcd => etcd["name"].Text == "cilium"),
                "needs a cluster named cilium, which spec.networking.cilium.etcdManaged asks for"
            );
    }

    private static void Addresses(ClusterContext cluster, Field cilium)
    {
        var ipam = cilium["ipam"];
        ipam.OneOf("hostscope", "kubernetes", "crd", "eni");
        if (ipam.Text != "eni")
            return;
        ipam.FailIf(!cluster.IsAws, "eni is only supported on AWS: use kubernetes");
        ipam.FailIf(cluster.IsIPv6Only, "eni does not support IPv6: use kubernetes");
        cilium["disableMasquerade"].FailIf(cilium["disableMasquerade"].IsTrue, "must not be set with ipam eni, which needs masquerading");
    }

    [GeneratedRegex(@"^v\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Version();
}
