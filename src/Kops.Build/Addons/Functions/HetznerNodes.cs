using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;
using Kops.Templates.Faults;

namespace Kops.Build.Addons.Functions;

/// <summary>What Hetzner's part of the cluster autoscaler makes servers from.</summary>
internal static class HetznerNodes
{
    private const string NodeLabel = "node-label.kops.k8s.io.";

    public static string Config(BuildContext context)
    {
        var groups = AutoscalerFunctions.Scaled(context).Select(group => (group.Metadata.Name!, (Node?)Group(context, group))).ToArray();
        return OrderedJson.WriteIndented(Tree.Map(("nodeConfigs", Tree.Map(groups))));
    }

    public static string Checksum(BuildContext context) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Config(context))));

    private static MappingNode Group(BuildContext context, InstanceGroup group)
    {
        var script = BootScript(context, group);
        var labels = group.Spec.Kubelet?.NodeLabels ?? Enumerable.Empty<KeyValuePair<string, string>>();
        return Tree.Map(
            ("cloudInit", Tree.Some(script)),
            ("labels", Sorted(labels)),
            ("serverLabels", Sorted(ServerLabels(context, group, labels, script))),
            ("taints", Tree.Some(group.Spec.Taints.Select(Taints.Of))),
            ("imagesForArch", Tree.Map(("amd64", Tree.Text(group.Spec.Image ?? "")), ("arm64", Tree.Text(group.Spec.Image ?? ""))))
        );
    }

    private static IEnumerable<KeyValuePair<string, string>> ServerLabels(
        BuildContext context,
        InstanceGroup group,
        IEnumerable<KeyValuePair<string, string>> nodeLabels,
        string script
    ) =>
        [
            new("hcloud/node-group", group.Metadata.Name!),
            new("kops.k8s.io/cluster", context.Name),
            new("kops.k8s.io/instance-group", group.Metadata.Name!),
            new("kops.k8s.io/instance-role", "Node"),
            new("kops.k8s.io/instance-userdata", $"sha256.{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}"),
            .. nodeLabels.Select(label => KeyValuePair.Create(NodeLabel + label.Key, label.Value)),
            .. context.Spec.CloudLabels,
            .. group.Spec.CloudLabels,
        ];

    private static MappingNode? Sorted(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var map = new MappingNode();
        foreach (var (key, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            map[key] = Tree.Text(value);
        return map.Count > 0 ? map : null;
    }

    private static string BootScript(BuildContext context, InstanceGroup group) =>
        context.Request.BootScripts.TryGetValue(group.Metadata.Name ?? string.Empty, out var script)
            ? script
            : throw new FunctionException($"the boot script of instance group {group.Metadata.Name} is not known");
}
