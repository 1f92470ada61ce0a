using Kops.Api;
using Kops.StateStore.Changes;

namespace Kops.Operations.Clusters;

/// <summary>A cluster into which something was merged, valid and not stored yet.</summary>
/// <param name="Cluster">The cluster as it is to be.</param>
/// <param name="InstanceGroups">Its groups as they are to be.</param>
/// <param name="Changes">What that changes.</param>
public sealed record MergedCluster(Cluster Cluster, IReadOnlyList<InstanceGroup> InstanceGroups, ChangeSet Changes)
{
    /// <summary>What of that changes the cluster. The rest keeps what the flags said.</summary>
    public required IReadOnlyList<FileChange> Effects { get; init; }

    /// <summary>
    /// Whether the history tells what flags said the last time. Where it does not, nobody can tell edits from what flags set: a person
    /// should look at the changes first.
    /// </summary>
    public bool IsOnRecord { get; init; }
}
