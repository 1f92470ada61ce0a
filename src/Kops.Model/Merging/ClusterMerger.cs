using Kops.Api;
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
    /// <exception cref="InvalidFlagException">A flag that cannot be merged: the message names it and says what to do instead.</exception>
    /// <exception cref="InvalidObjectException">A field that <c>--set </c> or <c>--unset </c> names does not exist, or cannot have the
    /// value.</exception>
    public static MergeResult Merge(Cluster cluster, IReadOnlyList<InstanceGroup> groups, ClusterFlags flags)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(flags);
        var target = new MergeTarget(
            new((MappingNode)cluster.Node.Clone()),
            [.. groups.Select(group => new InstanceGroup((MappingNode)group.Node.Clone()))]
        );
        foreach (var rule in MergeRules.All)
        {
            // An empty value asks for nothing, as when a cluster is made: --unset clears fields.
            if (ClusterFlagTable.Find(rule.Flag)!.Get(flags)?.Any(value => value.Length > 0) == true)
                rule.Merge(target, flags);
        }

        FieldSetter.Apply(target.Cluster.Node, target.Cluster.Type, flags.Unsets ?? [], flags.Sets ?? []);
        return new(target.Cluster, target.Groups, target.Warnings);
    }
}
