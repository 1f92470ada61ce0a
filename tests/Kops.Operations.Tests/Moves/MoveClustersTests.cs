using Kops.Operations.Moves;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Transfer;

namespace Kops.Operations.Tests.Moves;

/// <summary>A program moves clusters to another store, and removes the old files in the end.</summary>
public sealed class MoveClustersTests : IAsyncDisposable
{
    private const string Name = Stores.Cluster;
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task A_plan_tells_what_is_copied_and_writes_nothing()
    {
        await _stores.PutClusterAsync();
        var before = await Stores.ReadAllAsync(_stores.Root);

        var plan = await Move().PlanAsync(Name);

        Assert.Equal(before.Count, (await plan.MeasureAsync()).Files);
        Assert.Equal("memfs://there/" + Name, plan.Plan.Places[0].After.ToString());
        Assert.False(plan.ChangesIssuer);
        Assert.Equal(before, await Stores.ReadAllAsync(_stores.Root));
        Assert.Empty(await Stores.ReadAllAsync(_stores.At("memfs://there")));
    }

    [Fact]
    public async Task What_moved_stands_at_the_new_place_and_at_the_old_one_until_the_move_is_finished()
    {
        await _stores.PutClusterAsync();
        var before = await Stores.ReadAllAsync(_stores.Root);
        var (move, meter) = (Move(), new TransferMeter());

        Assert.False(await move.HasMovedAsync(Name));
        await move.RunAsync(Name, meter);
        Assert.True(await move.HasMovedAsync(Name));
        var finish = Finish();
        var plan = await finish.PlanAsync(Name);
        var stillThere = await Stores.ReadAllAsync(_stores.Root);
        var removed = await finish.RunAsync(plan);

        Assert.Equal(before, stillThere);
        Assert.Equal(before.Count, removed);
        Assert.Empty(await Stores.ReadAllAsync(_stores.Root));
        var there = await Stores.ReadAllAsync(_stores.At("memfs://there"));
        Assert.Equal(before.Keys.Order(), there.Keys.Order());
        Assert.Contains("configBase: memfs://there/" + Name, there[$"/{Name}/config"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_moved_or_finished_is_told_with_its_kind()
    {
        Assert.Equal(
            [OperationErrorKind.NotFound, OperationErrorKind.NotFound, OperationErrorKind.NotFound, OperationErrorKind.NotFound],
            [
                await KindAsync(() => Move().PlanAsync(Name)),
                await KindAsync(() => MoveClusters.ListAllAsync(_stores.Begin())),
                await KindAsync(() => Finish().ListAllAsync()),
                await KindAsync(() => Finish().PlanAsync(Name)),
            ]
        );
    }

    [Fact]
    public async Task Who_thinks_that_a_cluster_moved_elsewhere_removes_nothing()
    {
        await _stores.PutClusterAsync();
        await Move().RunAsync(Name, new TransferMeter());

        Assert.Equal([Name], await Finish().ListAllAsync());
        Assert.Equal(OperationErrorKind.InvalidRequest, await KindAsync(() => Finish().PlanAsync(Name, _stores.At("memfs://elsewhere"))));
    }

    private static async Task<OperationErrorKind> KindAsync(Func<Task> act) => (await Assert.ThrowsAsync<OperationException>(act)).Kind;

    private MoveClusters Move() => new(_stores.Begin(), _stores.Open(_stores.At("memfs://there")), _stores.Author);

    private FinishMoves Finish() => new(_stores.Begin(), _stores.Registry, _stores.Open);
}
