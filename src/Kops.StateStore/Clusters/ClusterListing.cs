using Kops.StateStore.Files;

namespace Kops.StateStore.Clusters;

/// <summary>The clusters of a store.</summary>
/// <param name="Clusters">Those that could be read, in name order.</param>
/// <param name="Unreadable">Those that could not.</param>
/// <typeparam name="T">What is kept of a cluster.</typeparam>
public sealed record ClusterListing<T>(IReadOnlyList<T> Clusters, IReadOnlyList<UnreadableObject> Unreadable)
    where T : class;
