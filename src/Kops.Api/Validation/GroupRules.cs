using System.Text.RegularExpressions;

namespace Kops.Api.Validation;

/// <summary>Instance groups: role, size, subnets, volumes, labels and taints.</summary>
internal static partial class GroupRules
{
    // "ControlPlane" is what the next version calls a Master; it is read as well.
    private static readonly string[] Roles = ["Master", "Node", "Bastion", "APIServer"];

    private static readonly string[] UserDataTypes =
    [
        "text/x-include-once-url",
        "text/x-include-url",
        "text/cloud-config-archive",
        "text/upstart-job",
        "text/cloud-config",
        "text/part-handler",
        "text/x-shellscript",
        "text/cloud-boothook",
    ];

    public static void Check(GroupContext group)
    {
        Role(group);
        Size(group);
        Subnets(group);
        Volumes(group.Spec);
        LabelsAndTaints(group);
        var spec = group.Spec;
        spec["manager"].OneOf("CloudGroup", "Karpenter");
        spec["updatePolicy"].OneOf("automatic", "external");
        if (group.Cluster?.Cloud.Name == "gce")
            spec["gcpProvisioningModel"].OneOf("STANDARD", "SPOT");
        if (group.Cluster is { IsAws: false })
            spec["volumes"].FailIf(spec["volumes"].Count > 0, "are made on AWS alone: remove them");
        spec["containerd"]
            ["gvisor"]
            .FailIf(spec["containerd"]["gvisor"]["enabled"].IsTrue && !group.IsNode, "is for groups with the role Node: remove it");
        ComponentRules.Kubelet(spec["kubelet"], group.Cluster);
        foreach (var parameter in spec["sysctlParameters"].Items)
            CloudRules.Sysctl(parameter);
        foreach (var data in spec["additionalUserData"].Items)
        {
            data["name"].Require("name the part");
            data["content"].Require("give the part's content");
            data["type"].OneOf(UserDataTypes);
        }
    }

    private static void Role(GroupContext group)
    {
        var role = group.Spec["role"];
        if (!role.Require("use one of Master, Node, Bastion, APIServer"))
            return;
        role.FailIf(role.Text != "ControlPlane" && !Roles.Contains(role.Text), Field.Unsupported(role.Text!, Roles));
        if (group.Cluster is not { } cluster)
            return;
        if (group.IsApiServer)
        {
            role.FailIf(cluster.Cloud.Name is not ("aws" or "gce"), "APIServer is only supported on AWS and GCE");
            role.FailIf(
                cluster.IsAws && cluster.UsesNoneDns,
                "APIServer cannot be used when spec.topology.dns.type of the cluster is None"
            );
        }
    }

    private static void Size(GroupContext group)
    {
        var (min, max) = (group.Spec["minSize"], group.Spec["maxSize"]);
        min.FailIf(min.Number < 0, "cannot be negative");
        max.FailIf(max.Number < 0, "cannot be negative");
        max.FailIf(max.Number >= 0 && max.Number < min.Number, $"cannot be less than minSize, {min.Number}");
        if (group.IsControlPlane)
        {
            min.FailIf(min.Number > 1, "a control-plane group has one instance: set it to 1, and add a group for each more");
            max.FailIf(max.Number > 1, "a control-plane group has one instance: set it to 1, and add a group for each more");
        }

        if (group.IsKarpenter)
            Karpenter(group, min, max);
    }

    private static void Karpenter(GroupContext group, Field min, Field max)
    {
        group.Spec["manager"].FailIf(group.Cluster?.IsAws == false, "Karpenter is only supported on AWS");
        group.Spec["role"].FailIf(!group.IsNode, "must be Node in a group that Karpenter manages");
        max.FailIf(max.Number <= 0, "must be more than 0 in a group that Karpenter manages");
        min.FailIf(min.Number <= 0, "must be more than 0 in a group that Karpenter manages, or absent");
        var gates = group.Cluster?.Spec["karpenter"]["featureGates"].Text;
        min.FailIf(
            min.Number > 0 && gates is { Length: > 0 } && !HasStaticCapacity(gates),
            "needs StaticCapacity=true in spec.karpenter.featureGates of the cluster"
        );
        var image = group.Spec["image"];
        image.FailIf(
            image.Text is { } text
                && (
                    text.Contains("://", StringComparison.Ordinal)
                    || text == "ssm:"
                    || text.StartsWith('/')
                    || text.IndexOf('/', StringComparison.Ordinal) == text.Length - 1
                ),
            $"'{image.Text}' is not an image that Karpenter finds: use ami-..., ssm:PARAMETER, NAME or OWNER/NAME"
        );
    }

    // Of several words on one gate Karpenter takes the last.
    private static bool HasStaticCapacity(string gates) =>
        gates
            .Split(',')
            .Select(gate => gate.Trim())
            .LastOrDefault(gate => gate.StartsWith("StaticCapacity=", StringComparison.OrdinalIgnoreCase))
            is { } last
        && last.EndsWith("=true", StringComparison.OrdinalIgnoreCase);

    private static void Subnets(GroupContext group)
    {
        var subnets = group.Spec["subnets"];
        if (group.IsControlPlane && group.Cluster?.Cloud.NeedsSubnets != false)
            subnets.Require("name at least one of the cluster's subnets");
        if (group.Cluster is not { } cluster)
            return;
        string[] names = [.. cluster.Spec["subnets"].Items.Select(subnet => subnet["name"].Text).OfType<string>()];
        foreach (var subnet in subnets.Items.Where(subnet => !names.Contains(subnet.Text)))
        {
            var hint = Schema.Suggest.Hint(subnet.Text ?? string.Empty, names);
            subnet.Fail(
                $"the cluster has no subnet "
                    + $"'{subnet.Text}'{(hint.Length > 0 || names.Length == 0 ? hint : $": it has {string.Join(", ", names)}")}"
            );
        }
    }

    private static void Volumes(Field spec)
    {
        foreach (var name in new[] { "rootVolumeIops", "rootVolumeThroughput", "rootVolumeSize" })
            spec[name].FailIf(spec[name].Number < 0, "cannot be negative");
        // That no device stands there twice kOps does not ask.
        foreach (var volume in spec["volumes"].Items)
        {
            volume["device"].Require("name the device, such as /dev/xvdd");
            volume["size"].FailIf(volume["size"].Number is null or <= 0, "must be more than 0 (GiB)");
        }

        foreach (var mount in spec["volumeMounts"].Items)
        {
            mount["device"].Require("name the device, such as /dev/xvdd");
            mount["path"].Require("name the directory to mount it at");
            if (mount["filesystem"].Require("use one of ext3, ext4, xfs"))
                mount["filesystem"].OneOf("ext3", "ext4", "xfs");
        }
    }

    private static void LabelsAndTaints(GroupContext group)
    {
        foreach (var (key, value) in group.Spec["nodeLabels"].Entries)
            value.FailIf(key.Count(letter => letter == '/') > 1, $"'{key}' has more than one '/'");
        foreach (var (key, value) in group.Spec["cloudLabels"].Entries)
        {
            if (key == "kops.k8s.io/instancegroup")
                value.FailIf(value.Text != group.Name, $"must be the group's name, {group.Name}: remove it");
            else
                LabelRules.Reserved(key, value);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var taint in group.Spec["taints"].Items)
        {
            taint.FailIf(!Taint().IsMatch(taint.Text ?? string.Empty), $"'{taint.Text}' is not a taint such as dedicated=gpu:NoSchedule");
            taint.FailIf(!seen.Add(taint.Text ?? string.Empty), $"'{taint.Text}' stands twice in the list");
        }
    }

    // Without an effect kOps takes the whole for a key.
    [GeneratedRegex(@"^[^:,\s]+\z|^[^=:,\s]+(=[^=:,\s]*)?:[^=:,\s]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Taint();
}
