using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Model.Completion.Context;
using Kops.Templates.Functions;
using Kops.Templates.Values;

namespace Kops.Build.Addons.Functions;

/// <summary>What the cluster autoscaler may make larger and smaller.</summary>
internal static class AutoscalerFunctions
{
    private const int LongestGceName = 63;

    public static void AddTo(FunctionTable table, BuildContext context) =>
        table
            .Add("GetClusterAutoscalerNodeGroups", () => NodeGroups(context))
            .Add("CreateClusterAutoscalerPriorityConfig", () => context.Spec.ClusterAutoscaler?.CreatePriorityExpanderConfig == true)
            .Add("ClusterAutoscalerPriorities", () => Priorities(context));

    /// <summary>The groups of nodes that are scaled unless their user says otherwise.</summary>
    public static IEnumerable<InstanceGroup> Scaled(BuildContext context) =>
        context.Request.Groups.Where(group => MachineRoles.Of(group) == MachineRole.Node && group.Spec.Autoscale != false);

    private static Value NodeGroups(BuildContext context)
    {
        var map = new TemplateMap();
        foreach (var group in Scaled(context))
        {
            foreach (var (key, minimum, maximum, other) in context.Cloud.Name == "gce" ? Zones(context, group) : [Whole(context, group)])
                map[key] = new TemplateMap
                {
                    ["MinSize"] = minimum,
                    ["MaxSize"] = maximum,
                    ["Other"] = other,
                };
        }

        return map;
    }

    private static (string Key, int Minimum, int Maximum, string Other) Whole(BuildContext context, InstanceGroup group)
    {
        var name = group.Metadata.Name ?? string.Empty;
        var other =
            context.Cloud.Name == "hetzner"
                ? $"{group.Spec.MachineType}:{group.Spec.Subnets.FirstOrDefault()}:{name}"
                : $"{name}.{context.Name}";
        return (name, (int)(group.Spec.MinSize ?? 0), (int)(group.Spec.MaxSize ?? 0), other);
    }

    // Google has a group for each zone, and the machines are shared out among them.
    private static IEnumerable<(string Key, int Minimum, int Maximum, string Other)> Zones(BuildContext context, InstanceGroup group)
    {
        var name = group.Metadata.Name ?? string.Empty;
        var zones = group.Spec.Zones.Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < zones.Count; i++)
        {
            var maximum = Share(group.Spec.MaxSize, i, zones.Count);
            if (zones.Count > 1 && maximum == 0)
                continue;
            var manager = ShortNames.Join(
                $"{zones[i][(zones[i].LastIndexOf('-') + 1)..]}-{name}",
                context.Name.Replace('.', '-'),
                LongestGceName
            );
            yield return (
                zones.Count > 1 ? $"{name}-{zones[i]}" : name,
                Share(group.Spec.MinSize, i, zones.Count),
                maximum,
                $"https://www.googleapis.com/compute/v1/projects/{context.Project}/zones/{zones[i]}/instanceGroups/{manager}"
            );
        }
    }

    private static int Share(long? count, int index, int zones) => (int)(((count ?? 0) / zones) + (index < (count ?? 0) % zones ? 1 : 0));

    private static string Priorities(BuildContext context)
    {
        var groups = new SortedDictionary<string, IEnumerable<string>>(StringComparer.Ordinal);
        if (context.Spec.ClusterAutoscaler?.CustomPriorityExpanderConfig is { Count: > 0 } own)
        {
            foreach (var (priority, names) in own)
                groups[priority] = ((SequenceNode)names).Select(name => name.ToString()!);
        }
        else
        {
            foreach (
                var level in context
                    .Request.Groups.Where(group => MachineRoles.Of(group) == MachineRole.Node && group.Spec.Autoscale is not null)
                    .OrderBy(group => group.Metadata.Name, StringComparer.Ordinal)
                    .GroupBy(group => group.Spec.AutoscalePriority ?? 0)
            )
                groups[$"{level.Key}"] = level.Select(group => $"{group.Metadata.Name}.{context.Name}");
        }

        return string.Join('\n', groups.SelectMany(level => level.Value.Select(name => $"- {name}").Prepend($"{level.Key}:")));
    }
}
