using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Operations.Updates;

/// <summary>
/// Compares instance groups with those that the last update found. Most that they say concerns the cloud, and stands in no file that
/// machines boot from.
/// </summary>
internal static class GroupEdits
{
    // What is changed in the cloud for machines that run already, or concerns none of them.
    private static readonly string[] WithoutReplacement =
    [
        "metadata",
        "spec.autoscale",
        "spec.autoscalePriority",
        "spec.capacityRebalance",
        "spec.externalLoadBalancers",
        "spec.instanceProtection",
        "spec.maxInstanceLifetime",
        "spec.maxSize",
        "spec.minSize",
        "spec.mixedInstancesPolicy",
        "spec.rollingUpdate",
        "spec.subnets",
        "spec.suspendProcesses",
        "spec.warmPool",
        "spec.zones",
    ];

    /// <summary>The groups as they are recorded: by name, with what makes a difference.</summary>
    public static byte[] Encode(ClusterState state) =>
        Encoding.UTF8.GetBytes(
            KopsCodec.ToYaml(
                state.InstanceGroups.Select(group =>
                {
                    var bare = group.Copy();
                    bare.Node["metadata"] = new MappingNode { ["name"] = ScalarNode.Of(group.Name) };
                    return bare;
                })
            )
        );

    /// <summary>The edits since the last update; null when that is not known.</summary>
    public static IReadOnlyList<GroupEdit>? Since(StoredFile recorded, ClusterState state)
    {
        if (Decode(recorded) is not { } before)
            return null;
        var now = state.InstanceGroups.Select(group => group.Value).ToList();
        var gone = before.Where(group => now.All(other => NameOf(other) != NameOf(group)));
        return
        [
            .. now.Select(group => Compare(before.FirstOrDefault(other => NameOf(other) == NameOf(group)), group)).OfType<GroupEdit>(),
            .. gone.Select(group => new GroupEdit(NameOf(group), [], IsNew: false, IsGone: true, WantsRollingUpdate: false)),
        ];
    }

    private static GroupEdit? Compare(InstanceGroup? before, InstanceGroup now)
    {
        if (before is null)
            return new GroupEdit(NameOf(now), [], IsNew: true, IsGone: false, WantsRollingUpdate: false);
        var fields = FieldDiff
            .Compare(before.Node, now.Node)
            .Where(change => !change.Path.ToString().StartsWith("metadata.", StringComparison.Ordinal))
            .ToList();
        return fields.Count == 0 ? null : new GroupEdit(NameOf(now), fields, IsNew: false, IsGone: false, fields.Exists(WantsReplacement));
    }

    private static bool WantsReplacement(FieldChange change) => !WithoutReplacement.Any(field => IsWithin(change.Path.ToString(), field));

    private static bool IsWithin(string path, string field) =>
        path == field || (path.StartsWith(field, StringComparison.Ordinal) && path[field.Length] is '.' or '[');

    private static string NameOf(InstanceGroup group) => group.Metadata.Name ?? string.Empty;

    private static List<InstanceGroup>? Decode(StoredFile recorded)
    {
        try
        {
            return recorded.Exists
                ?
                [
                    .. KopsCodec
                        .Decode(recorded.Bytes, recorded.Path.ToString(), UnknownFieldPolicy.Keep)
                        .Select(document => document.Object)
                        .OfType<InstanceGroup>(),
                ]
                : null;
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }
}
