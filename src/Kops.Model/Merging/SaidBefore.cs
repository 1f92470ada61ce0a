using Kops.Api;
using Kops.Model.NewCluster;

namespace Kops.Model.Merging;

/// <summary>What flags said of a cluster the last time, and what they had made of it then.</summary>
/// <param name="Flags">The flags.</param>
/// <param name="Cluster">The cluster as they made it, before anybody edited it.</param>
/// <param name="InstanceGroups">
/// The groups as they made them. Groups that somebody made by other means are not among them, and not the flags' to change.
/// </param>
public sealed record SaidBefore(ClusterFlags Flags, Cluster Cluster, IReadOnlyList<InstanceGroup> InstanceGroups);
