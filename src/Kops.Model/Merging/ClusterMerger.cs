using Kops.Api;
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
    /// What the user asked for the last time: what says the same now as then changes nothing, whoever edited it since. Null takes all that
    /// is asked for as new.
    /// </param>
    /// <exception cref="InvalidFlagException">A flag that cannot be merged: the message names it and says what to do instead.</exception>
    /// <exception cref="InvalidObjectException">A field that <c>--set </c> or <c>--unset </c> names does not exist, or cannot have the
    /// value.</exception>
    public static MergeResult Merge(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags flags, ClusterFlags? said = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(flags);
        var wanted = Apply(
            cluster,
            groups,
            flags,
            rule => rule is not MergeRule.Fixed || said is null || !IsSame(rule.Flag, flags, said),
            said
        );
        if (said is null)
            return new(wanted.Cluster, wanted.Groups, wanted.Warnings);
        var before = Apply(cluster, groups, said, rule => rule is not MergeRule.Fixed);
        var conflicts = new List<MergeConflict>();
        return new(
            new(Merged(conflicts, $"cluster {cluster.Metadata.Name}", before.Cluster, cluster, wanted.Cluster)),
            [
                .. groups.Select(
                    (group, i) =>
                        new InstanceGroup(
                            Merged(conflicts, $"instance group {group.Metadata.Name}", before.Groups[i], group, wanted.Groups[i])
                        )
                ),
            ],
            wanted.Warnings
        )
        {
            Conflicts = conflicts,
        };
    }

    private static MergeTarget Apply(
        Cluster cluster,
        IReadOnlyList<InstanceGroup> groups,
        ClusterFlags flags,
        Func<MergeRule, bool> counts,
        ClusterFlags? before = null
    )
    {
        var target = new MergeTarget(
            new((MappingNode)cluster.Node.Clone()),
            [.. groups.Select(group => new InstanceGroup((MappingNode)group.Node.Clone()))]
        );
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

    private static bool IsSame(string flag, ClusterFlags flags, ClusterFlags said) =>
        Values(flag, flags) is { } now && Values(flag, said) is { } then && now.SequenceEqual(then);

    private static IReadOnlyList<string>? Values(string flag, ClusterFlags flags) => ClusterFlagTable.Find(flag)!.Get(flags);
}
