using Kops.Api;

namespace Kops.StateStore.Clusters;

/// <summary>The clusters of a store.</summary>
/// <param name="Clusters">Those that could be read, in name order.</param>
/// <param name="Unreadable">Those that could not.</param>
public sealed record ClusterListing(IReadOnlyList<StoredObject<Cluster>> Clusters, IReadOnlyList<UnreadableObject> Unreadable);
