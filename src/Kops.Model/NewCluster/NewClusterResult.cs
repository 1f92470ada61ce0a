using Kops.Api;

namespace Kops.Model.NewCluster;

/// <summary>A new cluster: what <c>create cluster</c> stores.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="InstanceGroups">Its groups: control plane, API servers, nodes, bastions.</param>
/// <param name="Warnings">What the user should know, a sentence each.</param>
public sealed record NewClusterResult(Cluster Cluster, IReadOnlyList<InstanceGroup> InstanceGroups, IReadOnlyList<string> Warnings);
