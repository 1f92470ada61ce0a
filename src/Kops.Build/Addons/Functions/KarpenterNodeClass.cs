using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;
using Kops.Model.Clouds;
using Kops.Templates.Faults;

namespace Kops.Build.Addons.Functions;

/// <summary>What Karpenter makes the machines of a group from.</summary>
internal static class KarpenterNodeClass
{
    private const string Autoscaler = "k8s.io/cluster-autoscaler/node-template/";
    private const int DefaultVolumeSize = 128;

    public static MappingNode Of(BuildContext context, InstanceGroup group)
    {
        var spec = group.Spec;
        var name = group.Metadata.Name ?? string.Empty;
        return Tree.Map(
            ("apiVersion", Tree.Text("karpenter.k8s.aws/v1")),
            ("kind", Tree.Text("EC2NodeClass")),
            ("metadata", Tree.Map(("name", Tree.Text(name)))),
            (
                "spec",
                Tree.Map(
                    ("amiFamily", Tree.Text("Custom")),
                    ("amiSelectorTerms", Tree.List([(Node)Image(spec.Image ?? string.Empty)])),
                    ("associatePublicIPAddress", ScalarNode.Of(HasPublicAddress(context, group))),
                    ("blockDeviceMappings", Tree.List([(Node)RootVolume(context, spec)])),
                    (
                        "instanceProfile",
                        Tree.Text(
                            spec.Iam?.Profile is { Length: > 0 } arn
                                ? arn[(arn.LastIndexOf('/') + 1)..]
                                : ControllerFunctions.RoleName(context, MachineRole.Node)
                        )
                    ),
                    ("kubelet", Kubelet(group)),
                    ("securityGroupSelectorTerms", Tree.List(SecurityGroups(context, spec))),
                    ("subnetSelectorTerms", Tree.List([(Node)Tagged(context, ($"kops.k8s.io/instance-group/{name}", "true"))])),
                    ("tags", Tags(context, group)),
                    ("userData", Tree.Text(BootScript(context, name)))
                )
            )
        );
    }

    private static string BootScript(BuildContext context, string group) =>
        context.Request.BootScripts.TryGetValue(group, out var script)
            ? script
            : throw new FunctionException($"the boot script of instance group {group} is not known");

    private static MappingNode Image(string image)
    {
        if (image.StartsWith("ami-", StringComparison.Ordinal))
            return Tree.Map(("id", Tree.Text(image)));
        if (image.StartsWith("ssm:", StringComparison.Ordinal))
            return Tree.Map(("ssmParameter", Tree.Text(image["ssm:".Length..])));
        var slash = image.IndexOf('/');
        if (slash < 0)
            return Tree.Map(("name", Tree.Text(image)), ("owner", Tree.Text("self")));
        var owner = image[..slash];
        return Tree.Map(("name", Tree.Text(image[(slash + 1)..])), ("owner", Tree.Text(AwsImageOwners.AccountOf(owner))));
    }

    private static bool HasPublicAddress(BuildContext context, InstanceGroup group)
    {
        var subnet = context.Spec.Subnets.FirstOrDefault(subnet => subnet.Name == group.Spec.Subnets.FirstOrDefault());
        return subnet?.Type is "Public" or "Utility" && group.Spec.AssociatePublicIp != false;
    }

    private static MappingNode RootVolume(BuildContext context, InstanceGroupSpec spec)
    {
        if (!context.Request.Facts.Images.TryGetValue(spec.Image ?? string.Empty, out var image))
            throw new FunctionException($"the device that image '{spec.Image}' boots from is not known");
        var type = spec.RootVolumeType is { Length: > 0 } given ? given : "gp3";
        var size = spec.RootVolumeSize is > 0 and var wanted ? wanted : DefaultVolumeSize;
        return Tree.Map(
            ("deviceName", Tree.Text(image.RootDevice)),
            (
                "ebs",
                Tree.Map(
                    ("deleteOnTermination", Tree.True),
                    ("encrypted", ScalarNode.Of(spec.RootVolumeEncryption ?? true)),
                    ("iops", Iops(type, spec.RootVolumeIops)),
                    ("kmsKeyID", spec.RootVolumeEncryption == true ? Tree.Some(spec.RootVolumeEncryptionKey) : null),
                    ("throughput", type == "gp3" ? Tree.Number(Math.Max(spec.RootVolumeThroughput ?? 0, 125)) : null),
                    ("volumeSize", Tree.Text($"{size}Gi")),
                    ("volumeType", Tree.Text(type))
                )
            ),
            ("rootVolume", Tree.True)
        );
    }

    private static Node? Iops(string type, long? wanted) =>
        type switch
        {
            "io1" or "io2" => Tree.Number(Math.Max(wanted ?? 0, 100)),
            "gp3" => Tree.Number(Math.Max(wanted ?? 0, 3000)),
            _ => null,
        };

    private static MappingNode? Kubelet(InstanceGroup group)
    {
        var kubelet = group.Node["spec"] is MappingNode spec ? spec["kubelet"] as MappingNode : null;
        var told = Tree.Map(
            ("kubeReserved", Tree.Copy(kubelet, "kubeReserved")),
            ("maxPods", Tree.Copy(kubelet, "maxPods")),
            ("systemReserved", Tree.Copy(kubelet, "systemReserved"))
        );
        return told.Count > 0 ? told : null;
    }

    private static IEnumerable<Node> SecurityGroups(BuildContext context, InstanceGroupSpec spec) =>
        [
            spec.SecurityGroupOverride is { Length: > 0 } own
                ? Tree.Map(("id", Tree.Text(own)))
                : Tagged(context, ("Name", $"nodes.{context.Name}")),
            .. spec.AdditionalSecurityGroups.Select(id => Tree.Map(("id", Tree.Text(id)))),
        ];

    private static MappingNode Tagged(BuildContext context, (string Key, string Value) tag) =>
        Tree.Map(("tags", Tree.Map(("KubernetesCluster", Tree.Text(context.Name)), (tag.Key, Tree.Text(tag.Value)))));

    private static MappingNode Tags(BuildContext context, InstanceGroup group)
    {
        var spec = group.Spec;
        var handler = context.Spec.NodeTerminationHandler;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (
            handler is { Enabled: true }
            && handler.EnableSQSTerminationDraining != false
            && handler.ManagedASGTag is { Length: > 0 } managed
        )
            tags[managed] = string.Empty;
        tags["Name"] = $"{group.Metadata.Name}.{context.Name}";
        tags["KubernetesCluster"] = context.Name;
        foreach (var (key, value) in context.Spec.CloudLabels.Concat(spec.CloudLabels))
            tags[key] = value;
        foreach (var (key, value) in spec.Kubelet?.NodeLabels ?? Enumerable.Empty<KeyValuePair<string, string>>())
            tags[$"{Autoscaler}label/{key}"] = value;
        foreach (var taint in spec.Taints)
        {
            var end = taint.AsSpan().IndexOfAny('=', ':');
            if (end > 0)
                tags[$"{Autoscaler}taint/{taint[..end]}"] = taint[end] == '=' ? taint[(end + 1)..] : taint[end..];
        }

        tags["k8s.io/role/node"] = "1";
        tags["kops.k8s.io/instancegroup"] = group.Metadata.Name ?? string.Empty;
        return Tree.Map(tags.Where(tag => !IsReserved(tag.Key)));
    }

    private static bool IsReserved(string tag) =>
        tag.Length == 0
        || tag.StartsWith("kubernetes.io/cluster", StringComparison.Ordinal)
        || tag is "eks:eks-cluster-name" or "karpenter.sh/nodepool" or "karpenter.sh/nodeclaim" or "karpenter.k8s.aws/ec2nodeclass";
}
