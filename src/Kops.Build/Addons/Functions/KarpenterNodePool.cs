using System.Globalization;
using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.Build.Trees;
using Kops.Templates.Faults;

namespace Kops.Build.Addons.Functions;

/// <summary>Which machines Karpenter may make for a group, and how many.</summary>
internal static class KarpenterNodePool
{
    private const string TypeLabel = "node.kubernetes.io/instance-type";
    private const string CpuLabel = "karpenter.k8s.aws/instance-cpu";
    private const string MemoryLabel = "karpenter.k8s.aws/instance-memory";
    private const string FamilyLabel = "karpenter.k8s.aws/instance-family";
    private const string CapacityLabel = "karpenter.sh/capacity-type";
    private const decimal Mebi = 1024 * 1024;

    public static MappingNode Of(InstanceGroup group)
    {
        var spec = group.Spec;
        var name = group.Metadata.Name ?? string.Empty;
        var template = Tree.Map(
            ("metadata", Labels(spec) is { Count: > 0 } labels ? Tree.Map(("labels", labels)) : null),
            (
                "spec",
                Tree.Map(
                    (
                        "nodeClassRef",
                        Tree.Map(("group", Tree.Text("karpenter.k8s.aws")), ("kind", Tree.Text("EC2NodeClass")), ("name", Tree.Text(name)))
                    ),
                    ("requirements", Tree.List(Requirements(spec))),
                    ("taints", Tree.Some(spec.Taints.Select(Taints.Of)))
                )
            )
        );
        return Tree.Map(
            ("apiVersion", Tree.Text("karpenter.sh/v1")),
            ("kind", Tree.Text("NodePool")),
            ("metadata", Tree.Map(("name", Tree.Text(name)))),
            (
                "spec",
                Tree.Map(
                    ("limits", spec.MaxSize is { } most ? Tree.Map(("nodes", Tree.Text($"{most}"))) : null),
                    ("replicas", spec.MinSize is > 0 and var fewest ? Tree.Number(fewest) : null),
                    ("template", template)
                )
            )
        );
    }

    // Karpenter refuses labels that are its own to set.
    private static MappingNode Labels(InstanceGroupSpec spec) =>
        Tree.Map((spec.Kubelet?.NodeLabels ?? Enumerable.Empty<KeyValuePair<string, string>>()).Where(label => !IsReserved(label.Key)));

    private static bool IsReserved(string label)
    {
        if (label == CapacityLabel || !label.Contains('/', StringComparison.Ordinal))
            return false;
        var domain = "." + label.Split('/')[0];
        return label == "kubernetes.io/hostname"
            || domain.EndsWith(".karpenter.sh", StringComparison.Ordinal)
            || domain.EndsWith(".karpenter.k8s.aws", StringComparison.Ordinal);
    }

    private static IEnumerable<Node> Requirements(InstanceGroupSpec spec)
    {
        yield return Requirement("kubernetes.io/os", "In", ["linux"]);
        foreach (var requirement in Machines(spec))
            yield return requirement;
        yield return Requirement(CapacityLabel, "In", Capacity(spec));
    }

    private static IEnumerable<Node> Machines(InstanceGroupSpec spec)
    {
        if (spec.MixedInstancesPolicy?.InstanceRequirements is { } wanted)
            return
            [
                .. Bounds(CpuLabel, wanted.Cpu, 1),
                .. Bounds(MemoryLabel, wanted.Memory, Mebi),
                .. Excluded(wanted.ExcludedInstanceTypes),
            ];
        string[] types =
        [
            .. (spec.MixedInstancesPolicy?.Instances ?? Enumerable.Empty<string>())
                .Concat((spec.MachineType ?? string.Empty).Split(','))
                .Select(type => type.Trim())
                .Where(type => type.Length > 0)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return types.Length > 0 ? [Requirement(TypeLabel, "In", types)] : [];
    }

    // The lower bound is rounded up and the upper one down, so that no machine is outside of what is wanted.
    private static IEnumerable<Node> Bounds(string label, MinMaxSpec? range, decimal unit)
    {
        if (range?.Min is { } least)
            yield return Requirement(label, "Gte", [Number(decimal.Ceiling(Amounts.Read(least) / unit))]);
        if (range?.Max is { } most)
            yield return Requirement(label, "Lte", [Number(decimal.Floor(Amounts.Read(most) / unit))]);
    }

    private static string Number(decimal value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static IEnumerable<Node> Excluded(IEnumerable<string> entries)
    {
        var all = entries.Select(entry => entry.Trim()).Where(entry => entry.Length > 0).Order(StringComparer.Ordinal).ToList();
        var families = all.Where(entry => entry.EndsWith(".*", StringComparison.Ordinal)).Select(entry => entry[..^2]).ToArray();
        var types = all.Where(entry => !entry.EndsWith(".*", StringComparison.Ordinal)).ToArray();
        if (families.Concat(types).FirstOrDefault(entry => entry.Contains('*', StringComparison.Ordinal)) is { } wild)
            throw new FunctionException(
                $"excludedInstanceTypes: '{wild}' is neither a machine type nor FAMILY.*, which is all Karpenter takes"
            );
        if (families.Length > 0)
            yield return Requirement(FamilyLabel, "NotIn", families);
        if (types.Length > 0)
            yield return Requirement(TypeLabel, "NotIn", types);
    }

    private static string[] Capacity(InstanceGroupSpec spec) =>
        spec.MaxPrice is not null || spec.SpotDurationInMinutes is not null ? ["spot"]
        : spec.MixedInstancesPolicy?.OnDemandAboveBase < 100 ? ["on-demand", "spot"]
        : ["on-demand"];

    private static MappingNode Requirement(string key, string comparison, string[] values) =>
        Tree.Map(("key", Tree.Text(key)), ("operator", Tree.Text(comparison)), ("values", Tree.List(values)));
}
