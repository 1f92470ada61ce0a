using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Tests.Support;

/// <summary>A cluster that is valid, for operations that check what they store.</summary>
internal static class Draft
{
    /// <summary>Creates it, and reads it.</summary>
    public static async Task<ClusterState> CreateAsync(ClusterSession session)
    {
        var flags = new ClusterFlags { Zones = ["us-east-1a"] };
        var described = await CreateCluster.DescribeAsync(session, new CreateClusterRequest(Stores.Cluster, flags));
        await session.ApplyAsync(CreateCluster.Plan(session, described));
        return await session.ReadClusterAsync(Stores.Cluster);
    }
}
