using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.Operations.Moves;

/// <summary>What moving a cluster to another state store does, and what follows from it.</summary>
/// <param name="Plan">What is copied and rewritten.</param>
/// <param name="Target">The state store that it goes to.</param>
/// <param name="Source">The state store that it leaves.</param>
public sealed record PlannedMove(MovePlan Plan, VfsPath Target, VfsPath Source)
{
    /// <summary>
    /// Whether the discovery documents move too: with the next update the issuer's address changes, and with it what clouds must trust.
    /// </summary>
    public bool ChangesIssuer => Plan.Places.Any(place => place is { Role: ClusterPlaceRole.Discovery, Stays: false });

    /// <summary>Whether nodes, which can read the old store, cannot read the new one: a running cluster boots no more of them.</summary>
    public bool ShutsNodesOut => Source.Store.Capabilities.ClusterReadable && !Target.Store.Capabilities.ClusterReadable;

    /// <summary>How many files are copied, and how long they are together: by listings of the cluster's own directories.</summary>
    public Task<(long Files, long Bytes)> MeasureAsync(CancellationToken cancellationToken = default) =>
        ClusterMove.MeasureAsync(Plan, cancellationToken);
}
