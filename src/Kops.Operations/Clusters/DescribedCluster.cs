using Kops.Api;
using Kops.Model.NewCluster;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;

namespace Kops.Operations.Clusters;

/// <summary>A new cluster, valid and not stored yet.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="InstanceGroups">Its groups: control plane, API servers, nodes, bastions.</param>
/// <param name="Layout">Where its files will stand.</param>
public sealed record DescribedCluster(Cluster Cluster, IReadOnlyList<InstanceGroup> InstanceGroups, ClusterLayout Layout)
{
    /// <summary>The flags that describe it.</summary>
    internal ClusterFlags Flags { get; init; } = new();

    /// <summary>The file in which they are kept, as it was read.</summary>
    internal StoredFile FlagFile { get; init; } = StoredFile.Absent(Layout.SaidFlags);
}
