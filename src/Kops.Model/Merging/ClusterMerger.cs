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
    /// What flags said the last time, and what they made then: what they make otherwise now is changed, and edits of all else stay. Null
    /// takes all that is asked for as new, and of all groups.
    /// </param>
    /// <exception cref="InvalidFlagException">A flag that cannot be merged: the message names it and says what to do instead.</exception>
    /// <exception cref="InvalidObjectException">A field that <c>--set </c> or <c>--unset </c> names does not exist, or cannot have the
    /// value.</exception>
    public static MergeResult Merge(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags flags, SaidBefore? said = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(flags);
        // What can be changed no more must be as it is asked for: there, and not where the flags left it.
        var warnings = CheckFixed(cluster, groups, flags, said?.Flags);
        if (said is null)
        {
            var merged = Apply(cluster, groups, flags, null);
            return new(merged.Cluster, merged.Groups, [.. warnings, .. merged.Warnings])
            {
                Said = new(flags, merged.Cluster, merged.Groups),
            };
        }

        InstanceGroup[] ours = [.. said.InstanceGroups.Where(group => groups.Any(there => there.Metadata.Name == group.Metadata.Name))];
        var wanted = Apply(said.Cluster, ours, flags, said.Flags);
        var conflicts = new List<MergeConflict>();
        InstanceGroup[] result = [.. groups.Select(MergeGroup)];
        return new(
            new(Merged(conflicts, $"cluster {cluster.Metadata.Name}", said.Cluster, cluster, wanted.Cluster)),
            result,
            [.. warnings, .. wanted.Warnings, .. LeftAlone(groups, result, ours)]
        )
        {
            Conflicts = conflicts,
            Said = new(FlagLayers.Behind(flags, said.Flags), wanted.Cluster, wanted.Groups),
        };

        InstanceGroup MergeGroup(InstanceGroup group)
        {
            var i = Array.FindIndex(ours, each => each.Metadata.Name == group.Metadata.Name);
            return i < 0
                ? group
                : new InstanceGroup(Merged(conflicts, $"instance group {group.Metadata.Name}", ours[i], group, wanted.Groups[i]));
        }
    }

    /// <summary>Looks whether flags that shape what is made once say what is there, where they say something else than before.</summary>
    private static List<string> CheckFixed(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags flags, ClusterFlags? said)
    {
        var target = new MergeTarget(cluster, groups);
        foreach (var rule in MergeRules.All.OfType<MergeRule.Fixed>().Where(rule => IsGiven(rule, flags)))
        {
            if (said is null || !IsSame(rule.Flag, flags, said))
                rule.Merge(target, flags);
        }

        return target.Warnings;
    }

    /// <summary>
    /// Makes of objects what flags say. What older flags said goes on counting: a flag for all groups passes by those that have one of
    /// their own.
    /// </summary>
    private static MergeTarget Apply(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags flags, ClusterFlags? said)
    {
        var target = new MergeTarget(
            new((MappingNode)cluster.Node.Clone()),
            [.. groups.Select(group => new InstanceGroup((MappingNode)group.Node.Clone()))]
        );
        var all = said is null ? flags : FlagLayers.Behind(flags, said);
        foreach (var rule in MergeRules.All.OfType<MergeRule.Change>().Where(rule => IsGiven(rule, all)))
        {
            if (said is not null && rule.Deals && (!IsGiven(rule, flags) || IsSame(rule.Flag, flags, said)))
                continue;
            var told = target.Warnings.Count;
            if (said is not null)
                rule.Withdraw(target, said, all);
            rule.Merge(target, all);
            if (!IsGiven(rule, flags))
                target.Warnings.RemoveRange(told, target.Warnings.Count - told);
        }

        FieldSetter.Apply(target.Cluster.Node, target.Cluster.Type, flags.Unsets ?? [], flags.Sets ?? []);
        return target;
    }

    private static IEnumerable<string> LeftAlone(
        IReadOnlyList<InstanceGroup> before,
        IReadOnlyList<InstanceGroup> after,
        InstanceGroup[] ours
    )
    {
        var changed = before
            .Zip(after)
            .Where(pair => !Node.DeepEquals(pair.First.Node, pair.Second.Node))
            .Select(pair => RoleOf(pair.First));
        return from other in before
            where changed.Contains(RoleOf(other)) && !ours.Any(each => each.Metadata.Name == other.Metadata.Name)
            let name = other.Metadata.Name
            select $"instance group {name} was not made by flags, and stays as it is: 'kops edit instancegroup {name}' changes it";
    }

    // An empty value asks for nothing, as when a cluster is made: --unset clears fields.
    private static bool IsGiven(MergeRule rule, ClusterFlags flags) => Values(rule.Flag, flags)?.Any(value => value.Length > 0) == true;

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
