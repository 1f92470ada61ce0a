using Kops.StateStore.Layout;

namespace Kops.StateStore.Clusters;

/// <summary>A place of a cluster that is not its own alone.</summary>
/// <param name="Mine">The place.</param>
/// <param name="Cluster">The other cluster; null for the state store itself, which holds all of them.</param>
/// <param name="Theirs">What the other cluster keeps there, above it or below it; null for the state store.</param>
public sealed record SharedPlace(ClusterPlace Mine, string? Cluster, ClusterPlace? Theirs)
{
    /// <summary>What it is besides, for people.</summary>
    public string Other => Cluster is null ? "the state store itself" : $"{Theirs!.Name} of cluster \"{Cluster}\"";
}
