using Kops.Api;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Events;

/// <summary>
/// The spec of a cluster names a place for its files in which none stand, since the store was copied: those beside it are used. To know
/// before something is changed: this program goes on writing here, and kOps there.
/// </summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="IsChange">Whether it is about to be changed.</param>
public sealed record ConfigBaseElsewhere(ClusterState Cluster, bool IsChange)
    : OperationEvent(IsChange ? EventLevel.Warning : EventLevel.MinorWarning)
{
    /// <inheritdoc/>
    public override string Message =>
        $"spec.configBase of cluster \"{Cluster.Name}\" names another place, in which nothing of the cluster stands. The files beside "
        + $"{Cluster.Layout.Config} are used; 'kops edit cluster {Cluster.Name} --set spec.configBase={Cluster.Layout.Registry}' says so "
        + $"for good";
}
