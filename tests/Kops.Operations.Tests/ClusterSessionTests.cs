using Kops.Api;
using Kops.Operations.Clusters;
using Kops.Operations.Events;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Keypairs;
using Kops.Operations.Secrets;
using Kops.Operations.Tests.Support;
using Kops.Vfs;

namespace Kops.Operations.Tests;

/// <summary>What holds for each operation: what is planned is not done, what cannot be done has a kind, what happens is told.</summary>
public sealed class ClusterSessionTests : IAsyncDisposable
{
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_plan_writes_nothing_and_is_carried_out_once()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        var before = await Stores.ReadAllAsync(_stores.Root);

        var plan = await UpdateCluster.PlanAsync(session, state);

        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
        Assert.True(await UpdateCluster.ApplyAsync(session, plan));
        Assert.True((await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(Stores.Cluster))).IsEmpty);
    }

    [Fact]
    public async Task What_may_not_be_stored_is_refused_with_every_problem()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        var changed = state.Cluster.Copy();
        changed.Spec.NetworkCIDR = "10.0.0.0/33";
        changed.Spec.KubernetesVersion = "1.x";

        var refused = await Assert.ThrowsAsync<InvalidObjectException>(() => EditCluster.PlanAsync(session, state, changed));

        Assert.True(refused.Problems.Count >= 2);
    }

    [Fact]
    public async Task Who_comes_second_is_told_what_the_first_one_changed()
    {
        var (first, second) = (_stores.Begin(), _stores.Begin());
        await Draft.CreateAsync(first);
        var read = await second.ReadClusterAsync(Stores.Cluster);
        await first.ApplyAsync(await WithChannelAsync(first, "alpha"));
        var mine = read.Cluster.Copy();
        mine.Spec.Channel = "none";

        var conflict = await Assert.ThrowsAsync<ChangeConflictException>(async () =>
            await second.ApplyAsync(await EditCluster.PlanAsync(second, read, mine))
        );

        Assert.Equal(OperationErrorKind.Conflict, conflict.Kind);
        Assert.Contains(conflict.Files.Files.Single().Fields!, field => field.Path.ToString() == "spec.channel");
    }

    [Fact]
    public async Task What_cannot_be_done_has_a_kind()
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);

        Assert.Equal(OperationErrorKind.NotFound, await KindAsync(() => session.ReadClusterAsync("no.example.com")));
        Assert.Equal(OperationErrorKind.InvalidRequest, await KindAsync(() => Task.FromResult(session.CheckName("../x"))));
        Assert.Equal(OperationErrorKind.NotFound, await KindAsync(() => Task.FromResult(state.GetInstanceGroup("none"))));
        Assert.Equal(OperationErrorKind.NotFound, await KindAsync(() => DeleteSecrets.PlanAsync(session, state, ["none"])));
        Assert.Equal(OperationErrorKind.InvalidRequest, await KindAsync(() => CreateKeypair.PlanAsync(session, state, "kubelet")));
        Assert.Equal(
            OperationErrorKind.Conflict,
            await KindAsync(() => CreateInstanceGroup.DescribeAsync(session, state, new WantedInstanceGroup(state.InstanceGroups[0].Name)))
        );
    }

    [Fact]
    public async Task Changes_and_what_cannot_be_read_are_told()
    {
        var session = _stores.Begin();
        await Draft.CreateAsync(session);
        await _stores.Root.Join(Stores.Cluster, "instancegroup", "broken").WriteTextAsync("kind: Nonsense\n", WriteCondition.Any);

        await session.ReadClusterAsync(Stores.Cluster);

        Assert.Single(_stores.Told.OfType<ChangeRecorded>());
        Assert.Equal("broken", Assert.Single(_stores.Told.OfType<UnreadableInstanceGroup>()).Group.Name);
        Assert.All(_stores.Told, happened => Assert.NotEmpty(happened.Message));
    }

    [Fact]
    public async Task A_change_that_is_stopped_leaves_nothing_and_says_what_was_done_before()
    {
        var session = _stores.Begin();
        await Draft.CreateAsync(session);
        var changes = await WithChannelAsync(session, "alpha");
        var before = await Stores.ReadAllAsync(_stores.Root);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.ApplyAsync(changes, stop.Token));

        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
    }

    private static async Task<StateStore.Changes.ChangeSet> WithChannelAsync(ClusterSession session, string channel)
    {
        var state = await session.ReadClusterAsync(Stores.Cluster);
        var changed = state.Cluster.Copy();
        changed.Spec.Channel = channel;
        return await EditCluster.PlanAsync(session, state, changed);
    }

    private static async Task<OperationErrorKind> KindAsync<T>(Func<Task<T>> operation) =>
        (await Assert.ThrowsAsync<OperationException>(operation)).Kind;
}
