using Kops.StateStore.Clusters;
using Kops.StateStore.Review;

namespace Kops.Operations.Review;

/// <summary>Clusters that were pulled into a directory.</summary>
public sealed record PulledClusters
{
    internal PulledClusters(
        ReviewDirectory directory,
        IReadOnlyList<ClusterState> clusters,
        IReadOnlyList<ReviewItem> items,
        ReviewPull pull,
        Sealing sealing
    ) => (Directory, Clusters, Items, Pull, Sealing) = (directory, clusters, items, pull, sealing);

    /// <summary>The directory.</summary>
    public ReviewDirectory Directory { get; }

    /// <summary>The clusters, as they were read.</summary>
    public IReadOnlyList<ClusterState> Clusters { get; }

    /// <summary>Each of their files, as it stood in the directory before.</summary>
    public IReadOnlyList<ReviewItem> Items { get; }

    internal Sealing Sealing { get; }

    internal ReviewPull Pull { get; }
}
