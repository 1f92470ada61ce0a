using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Manifests;
using Kops.Build.Trees;
using Kops.Model.Completion.Context;
using Kops.Templates.Functions;
using Kops.Templates.Values;

namespace Kops.Build.Addons.Functions;

/// <summary>What kops-controller is told.</summary>
internal static class ControllerFunctions
{
    private const string PkiFolder = "/etc/kubernetes/kops-controller/pki";
    private const int Port = 3988;
    private const int LongestRoleName = 64;

    public static void AddTo(FunctionTable table, BuildContext context) =>
        table
            .Add("KopsControllerConfig", () => OrderedJson.Write(Config(context)))
            .Add("KopsControllerArgv", () => AddonFunctions.Texts(["--v=2", "--conf=/etc/kubernetes/kops-controller/config/config.yaml"]))
            .Add("KopsControllerEnv", () => new TemplateList(Environment(context).Select(pair => Variable(pair.Key, pair.Value))));

    private static SortedDictionary<string, string> Environment(BuildContext context)
    {
        var values = SystemEnvironment.Values(context);
        foreach (var name in new[] { VariableNames.KopsBaseUrl, VariableNames.RunTooNewVersion })
        {
            if (context.Request.Variables[name] is { } value)
                values[name] = value;
        }

        return values;
    }

    private static Value Variable(string name, string value) => new TemplateMap { ["Name"] = name, ["Value"] = value };

    private static MappingNode Config(BuildContext context) =>
        Tree.Map(
            ("clusterName", Tree.Text(context.Name)),
            ("cloud", Tree.Text(context.Cloud.Name)),
            ("configBase", Tree.Text(context.Spec.ConfigBase ?? string.Empty)),
            ("secretStore", Tree.Text(context.Spec.SecretStore ?? string.Empty)),
            ("server", Server(context)),
            ("cacheNodeidentityInfo", Tree.If(context.Request.Features.IsOn("CacheNodeidentityInfo"))),
            ("enableCloudIPAM", Tree.If(context.IsIPv6Only)),
            ("discovery", DnsFunctions.UsesGossip(context) ? Tree.Map(("enabled", Tree.True)) : null)
        );

    private static MappingNode Server(BuildContext context)
    {
        var usesCiliumEtcd = context.Spec.Networking?.Cilium is not null && context.Spec.EtcdClusters.Any(etcd => etcd.Name == "cilium");
        var authorities = new List<string> { "kubernetes-ca" };
        var certificates = new List<string> { "kubelet", "kubelet-server" };
        if (usesCiliumEtcd)
        {
            authorities.Add("etcd-clients-ca-cilium");
            certificates.Add("etcd-client-cilium");
        }

        if (context.Spec.KubeProxy?.Enabled != false)
            certificates.Add("kube-proxy");
        if (context.Spec.Networking?.Kuberouter is not null)
            certificates.Add("kube-router");
        var enrolsMachines = context.Cloud.Name == "metal" || context.Request.Features.IsOn("Metal");
        return Tree.Map(
            ("Listen", Tree.Text($":{Port}")),
            ("provider", Provider(context)),
            ("pki", enrolsMachines ? new MappingNode() : null),
            ("serverKeyPath", Tree.Text($"{PkiFolder}/kops-controller.key")),
            ("serverCertificatePath", Tree.Text($"{PkiFolder}/kops-controller.crt")),
            ("caBasePath", Tree.Text(PkiFolder)),
            ("signingCAs", Tree.List(authorities)),
            ("certNames", Tree.List(certificates))
        );
    }

    // How a machine that asks for certificates shows that it is one of the cluster's.
    private static MappingNode Provider(BuildContext context) =>
        context.Cloud.Name switch
        {
            "aws" => Tree.Map(
                ("aws", Tree.Map(("nodesRoles", Tree.List(NodeRoles(context))), ("Region", Tree.Text(context.Region ?? string.Empty))))
            ),
            "gce" => Tree.Map(
                (
                    "gce",
                    Tree.Map(
                        ("projectID", Tree.Text(context.Project)),
                        ("region", Tree.Text(context.Region ?? string.Empty)),
                        ("clusterName", Tree.Text(context.Name)),
                        ("MaxTimeSkew", Tree.Number(300))
                    )
                )
            ),
            "azure" => Tree.Map(("azure", Tree.Map(("clusterName", Tree.Text(context.Name))))),
            "hetzner" or "openstack" or "scaleway" => Tree.Map((context.Cloud.Name, new MappingNode())),
            "digitalocean" => Tree.Map(("do", new MappingNode())),
            _ => new MappingNode(),
        };

    // kOps asks AWS for the role of a profile that the user brings; here it has the profile's name.
    private static IEnumerable<string> NodeRoles(BuildContext context) =>
        context
            .Request.Groups.Select(group => (Role: MachineRoles.Of(group), group.Spec.Iam?.Profile))
            .Where(group => group.Role is MachineRole.Node or MachineRole.ApiServer)
            .Select(group => group.Profile is { Length: > 0 } arn ? arn[(arn.LastIndexOf('/') + 1)..] : RoleName(context, group.Role))
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>The role, and the instance profile, that kOps makes for machines that run a part of the cluster.</summary>
    public static string RoleName(BuildContext context, MachineRole role) =>
        ShortNames.Shorten($"{(role == MachineRole.ApiServer ? "apiservers" : "nodes")}.{context.Name}", LongestRoleName);
}
