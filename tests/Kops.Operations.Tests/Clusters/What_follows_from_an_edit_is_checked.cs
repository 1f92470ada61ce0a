using Kops.Api;
using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.Tests.Support;

namespace Kops.Operations.Tests.Clusters;

/// <summary>
/// A cluster may be right as it stands and wrong once its defaults are filled in: who edits it learns that at once, and not from whoever
/// applies it.
/// </summary>
public sealed class What_follows_from_an_edit_is_checked : IAsyncDisposable
{
    private const string Name = Stores.Cluster;
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_default_that_may_not_stand_refuses_the_edit_as_it_would_refuse_the_update()
    {
        var session = await CreateAsync(
            new ClusterFlags
            {
                Zones = ["us-east-1a"],
                Topology = "private",
                Networking = "calico",
            }
        );
        var state = await session.ReadClusterAsync(Name);
        var edited = state.Cluster.Copy();

        // A private cluster without a word on its API gets a load balancer, of the class that nobody may have any more.
        edited.Spec.Api = null;

        var refused = await Assert.ThrowsAsync<InvalidObjectException>(() => EditCluster.PlanAsync(session, state, edited));
        Assert.Equal("spec.api.loadBalancer.class", Assert.Single(refused.Problems).Path);
    }

    private async Task<ClusterSession> CreateAsync(ClusterFlags flags)
    {
        var session = _stores.Begin();
        await session.ApplyAsync(
            CreateCluster.Plan(session, await CreateCluster.DescribeAsync(session, new CreateClusterRequest(Name, flags)))
        );
        return session;
    }
}
