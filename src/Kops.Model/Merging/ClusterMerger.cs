using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Paths;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>
/// Merges flags of <c>create cluster</c> into a cluster that exists: each flag changes just what it means, all else stays, edits included.
/// Merging the flags that a cluster was made with changes nothing.
/// </summary>
public static class ClusterMerger
{
    /// <summary>Merges flags.</summary>
    /// <param name="cluster">The cluster as it is; it is not changed.</param>
    /// <param name="groups">Its instance groups; they are not changed.</param>
    /// <param name="flags">What the user asks for.</param>
    /// <param name="said">
    /// What the user asked for the last time, and of which groups: what says the same now as then changes nothing, whoever edited it
    /// since. Null takes all that is asked for as new, and of all groups.
    /// </param>
    /// <exception cref="InvalidFlagException">A flag that cannot be merged: the message names it and says what to do instead.</exception>
    /// <exception cref="InvalidObjectException">A field that <c>--set </c> or <c>--unset </c> names does not exist, or cannot have the
    /// value.</exception>
    public static MergeResult Merge(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags flags, SaidBefore? said = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(flags);
        InstanceGroup[] ours = [.. groups.Where(group => said?.Groups?.ContainsKey(group.Metadata.Name!) ?? true)];
        var wanted = Apply(
            cluster,
            ours,
            flags,
            rule => rule is not MergeRule.Fixed || said is null || !IsSame(rule.Flag, flags, said.Flags),
            said?.Flags
        );
        var shares = GroupMerge.Shares(wanted.Groups, flags, said?.Groups);
        if (said is null)
            return new(wanted.Cluster, wanted.Groups, wanted.Warnings) { Groups = shares };
        var before = Apply(cluster, ours, said.Flags, rule => rule is not MergeRule.Fixed, dealt: DealtBefore(ours, flags, said));
        var conflicts = new List<MergeConflict>();
        var merged = new Dictionary<string, InstanceGroup>(StringComparer.Ordinal);
        for (var i = 0; i < ours.Length; i++)
        {
            var name = ours[i].Metadata.Name!;
            merged[name] = new(Merged(conflicts, $"instance group {name}", before.Groups[i], ours[i], wanted.Groups[i]));
        }

        InstanceGroup[] others = [.. groups.Except(ours)];
        foreach (var role in ours.Where(each => !Node.DeepEquals(merged[each.Metadata.Name!].Node, each.Node)).Select(RoleOf).Distinct())
        {
            foreach (var other in others.Where(other => RoleOf(other) == role).Select(other => other.Metadata.Name))
                wanted.Warnings.Add(
                    $"instance group {other} was not made by flags, and stays as it is: 'kops edit instancegroup {other}' changes it"
                );
        }

        return new(
            new(Merged(conflicts, $"cluster {cluster.Metadata.Name}", before.Cluster, cluster, wanted.Cluster)),
            [.. groups.Select(group => merged.GetValueOrDefault(group.Metadata.Name!, group))],
            wanted.Warnings
        )
        {
            Conflicts = conflicts,
            Groups = shares,
        };
    }

    /// <summary>What <see cref="SaidBefore.Groups"/> is of a cluster that flags have just made.</summary>
    public static IReadOnlyDictionary<string, int?> Made(IEnumerable<InstanceGroup> groups, ClusterFlags flags) =>
        GroupMerge.Shares(groups, flags);

    /// <summary>
    /// What was dealt to groups of which there are others now, or more or fewer: where a number is asked for that is not the last one. The
    /// same one again asks for nothing.
    /// </summary>
    private static Dictionary<string, int> DealtBefore(IEnumerable<InstanceGroup> groups, ClusterFlags flags, SaidBefore said)
    {
        var dealt = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var role = RoleOf(group);
            if (
                GroupMerge.CountOf(flags, role) != GroupMerge.CountOf(said.Flags, role)
                && said.Groups?.GetValueOrDefault(group.Metadata.Name!) is { } share
            )
                dealt[group.Metadata.Name!] = share;
        }

        return dealt;
    }

    private static MergeTarget Apply(
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        ClusterFlags flags,
        Func<MergeRule, bool> counts,
        ClusterFlags? before = null,
        IReadOnlyDictionary<string, int>? dealt = null
    )
    {
        var target = new MergeTarget(
            new((MappingNode)cluster.Node.Clone()),
            [.. groups.Select(group => new InstanceGroup((MappingNode)group.Node.Clone()))]
        )
        {
            Dealt = dealt ?? new Dictionary<string, int>(),
        };
        foreach (var rule in MergeRules.All.Where(counts))
        {
            // An empty value asks for nothing, as when a cluster is made: --unset clears fields.
            if (Values(rule.Flag, flags)?.Any(value => value.Length > 0) != true)
                continue;
            if (before is not null)
                rule.Withdraw(target, before, flags);
            rule.Merge(target, flags);
        }

        FieldSetter.Apply(target.Cluster.Node, target.Cluster.Type, flags.Unsets ?? [], flags.Sets ?? []);
        return target;
    }

    private static MappingNode Merged(List<MergeConflict> conflicts, string subject, KopsObject said, KopsObject now, KopsObject wanted)
    {
        var merged = ThreeWayMerge.Merge(said.Node, now.Node, wanted.Node);
        conflicts.AddRange(merged.Conflicts.Select(conflict => new MergeConflict(subject, conflict)));
        return merged.Merged;
    }

    private static MachineRole RoleOf(InstanceGroup group) => NewCluster.Groups.RoleOf(group);

    private static bool IsSame(string flag, ClusterFlags flags, ClusterFlags said) =>
        Values(flag, flags) is { } now && Values(flag, said) is { } then && now.SequenceEqual(then);

    private static IReadOnlyList<string>? Values(string flag, ClusterFlags flags) => ClusterFlagTable.Find(flag)!.Get(flags);
}
