using Kops.StateStore.Review;

namespace Kops.Operations.Review;

/// <summary>What pushing a directory does.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Clusters">The clusters of which something was edited; each is one change.</param>
public sealed record PlannedPush(ReviewDirectory Directory, IReadOnlyList<ClusterPush> Clusters);
