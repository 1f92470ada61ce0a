using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;
using Kops.Templates.Functions;
using Kops.Templates.Values;

namespace Kops.Build.Addons.Functions;

/// <summary>What the plugins for the network between pods ask for.</summary>
internal static class NetworkFunctions
{
    // The defaults of AWS' own chart.
    private static readonly (string Name, string Value)[] AmazonVpc =
    [
        ("AWS_VPC_CNI_NODE_PORT_SUPPORT", "true"),
        ("AWS_VPC_ENI_MTU", "9001"),
        ("AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER", "false"),
        ("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "false"),
        ("AWS_VPC_K8S_CNI_EXTERNALSNAT", "false"),
        ("AWS_VPC_K8S_CNI_LOGLEVEL", "DEBUG"),
        ("AWS_VPC_K8S_CNI_LOG_FILE", "/host/var/log/aws-routed-eni/ipamd.log"),
        ("AWS_VPC_K8S_CNI_RANDOMIZESNAT", "prng"),
        ("AWS_VPC_K8S_CNI_VETHPREFIX", "eni"),
        ("AWS_VPC_K8S_PLUGIN_LOG_FILE", "/var/log/aws-routed-eni/plugin.log"),
        ("AWS_VPC_K8S_PLUGIN_LOG_LEVEL", "DEBUG"),
        ("DISABLE_INTROSPECTION", "false"),
        ("DISABLE_METRICS", "false"),
        ("DISABLE_NETWORK_RESOURCE_PROVISIONING", "false"),
        ("ENABLE_POD_ENI", "false"),
        ("ENABLE_PREFIX_DELEGATION", "false"),
        ("ENABLE_SUBNET_DISCOVERY", "true"),
        ("NETWORK_POLICY_ENFORCING_MODE", "standard"),
        ("WARM_ENI_TARGET", "1"),
        ("WARM_PREFIX_TARGET", "1"),
    ];

    public static void AddTo(FunctionTable table, BuildContext context) =>
        table
            .Add("AmazonVpcEnvVars", () => AmazonVpcVariables(context))
            .Add("CalicoIPv4PoolIPIPMode", () => CalicoIpip(context))
            .Add("CalicoIPv4PoolVXLANMode", () => CalicoVxlan(context, "CrossSubnet"))
            .Add("CalicoIPv6PoolVXLANMode", () => CalicoVxlan(context, "Never"))
            .Add("CiliumSecret", () => context.Request.CiliumPassword ?? string.Empty)
            .Add("FlannelBackendType", () => context.Spec.Networking?.Flannel?.Backend is { Length: > 0 } backend ? backend : "udp");

    private static Value AmazonVpcVariables(BuildContext context)
    {
        var values = AmazonVpc.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        foreach (var own in context.Spec.Networking?.Amazonvpc?.Env ?? Enumerable.Empty<Api.EnvVar>())
            values[own.Name ?? string.Empty] = own.Value ?? string.Empty;
        values["ENABLE_IPv4"] = context.IsIPv6Only ? "false" : "true";
        values["ENABLE_IPv6"] = context.IsIPv6Only ? "true" : "false";
        if (context.IsIPv6Only)
            (values["ENABLE_PREFIX_DELEGATION"], values["WARM_PREFIX_TARGET"]) = ("true", "1");
        // It stands between quotes in the template.
        values["ADDITIONAL_ENI_TAGS"] =
            $$"""{\"KubernetesCluster\":\"{{context.Name}}\",\"kubernetes.io/cluster/{{context.Name}}\":\"owned\"}""";
        return AddonFunctions.Texts(values);
    }

    private static string CalicoIpip(BuildContext context) =>
        Calico(context, "encapsulationMode") != "ipip" ? "Never"
        : Calico(context, "ipipMode") is { Length: > 0 } mode ? mode
        : context.Cloud.Name == "openstack" ? "Always"
        : "CrossSubnet";

    private static string CalicoVxlan(BuildContext context, string otherwise) =>
        Calico(context, "encapsulationMode") != "vxlan" ? "Never"
        : Calico(context, "vxlanMode") is { Length: > 0 } mode ? mode
        : otherwise;

    private static string? Calico(BuildContext context, string field) =>
        Tree.TextAt(context.Internal["networking"] as MappingNode, "calico", field);
}
