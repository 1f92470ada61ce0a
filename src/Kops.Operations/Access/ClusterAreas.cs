using Kops.StateStore.Layout;

namespace Kops.Operations.Access;

/// <summary>In which area rights on a cluster's places are given.</summary>
internal static class ClusterAreas
{
    public static AccessArea AreaOf(ClusterPlaceRole role) =>
        role switch
        {
            ClusterPlaceRole.Backups => AccessArea.Backups,
            ClusterPlaceRole.Discovery => AccessArea.Discovery,
            _ => AccessArea.Cluster,
        };
}
