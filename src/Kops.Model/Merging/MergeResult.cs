using Kops.Api;

namespace Kops.Model.Merging;

/// <summary>An existing cluster with flags merged into it. The objects are copies; what the flags do not mean is as it was.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="InstanceGroups">Its groups, in the order in which they were given.</param>
/// <param name="Warnings">What the user should know, a sentence each.</param>
public sealed record MergeResult(Cluster Cluster, IReadOnlyList<InstanceGroup> InstanceGroups, IReadOnlyList<string> Warnings)
{
    /// <summary>Fields that somebody changed since the flags set them, and that the flags want to be different again.</summary>
    public IReadOnlyList<MergeConflict> Conflicts { get; init; } = [];

    /// <summary>What to keep for the next time: all that flags have said until now, and what they make of the cluster.</summary>
    public required SaidBefore Said { get; init; }
}
