using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.Moves;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Tests.Clusters;

/// <summary>A whole program: it creates a cluster, edits it, updates it, moves it to another store and deletes it there.</summary>
internal static class ClusterLife
{
    public const string Name = "demo.example.com";

    /// <param name="here">The store in which the cluster begins.</param>
    /// <param name="there">The store in which it ends.</param>
    /// <param name="stores">Opens what records of moves name.</param>
    /// <param name="author">Who does it.</param>
    /// <param name="after">Is told of each step.</param>
    public static async Task RunAsync(
        ClusterStore here,
        ClusterStore there,
        StoreRegistry stores,
        ChangeAuthor author,
        Func<string, Task> after
    )
    {
        // <example>
        var first = new ClusterSession(here, TimeProvider.System, "a program");
        var flags = new ClusterFlags { Zones = ["us-east-1a"] };
        var described = await CreateCluster.DescribeAsync(first, new CreateClusterRequest(Name, flags));
        await first.ApplyAsync(CreateCluster.Plan(first, described));
        await after("create");

        var state = await first.ReadClusterAsync(Name);
        var cluster = state.Cluster.Copy();
        cluster.Spec.Channel = "alpha";
        await first.ApplyAsync(await EditCluster.PlanAsync(first, state, cluster));
        await after("edit");

        await UpdateCluster.ApplyAsync(first, await UpdateCluster.PlanAsync(first, await first.ReadClusterAsync(Name)));
        await after("update");

        await new MoveClusters(first, there, author).RunAsync(Name, new TransferMeter());
        var second = new ClusterSession(there, TimeProvider.System, "a program");
        await UpdateCluster.ApplyAsync(second, await UpdateCluster.PlanAsync(second, await second.ReadClusterAsync(Name)));
        var finish = new FinishMoves(first, stores, _ => there);
        await finish.RunAsync(await finish.PlanAsync(Name));
        await after("move");

        await second.ApplyAsync(await DeleteCluster.PlanAsync(second, await second.ReadClusterAsync(Name), unregister: true));
        // </example>
        await after("delete");
    }
}
