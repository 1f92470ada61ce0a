using Kops.Api;
using Kops.Operations.Clusters;
using Kops.Operations.History;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Moves;
using Kops.Operations.Tests.Support;
using Kops.Operations.Updates;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Clusters;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Tests.Clusters;

/// <summary>
/// An edit of what concerns the cloud alone is seen by the next update: the groups as the last one found them are part of its change.
/// </summary>
public sealed class What_was_applied_is_kept_with_the_update : IAsyncDisposable
{
    private const string Group = "nodes-us-east-1a";
    private readonly Stores _stores = new();
    private readonly ClusterSession _session;

    public What_was_applied_is_kept_with_the_update() => _session = _stores.Begin();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task The_first_edit_after_the_first_update_is_seen_and_the_next_update_has_nothing_to_do()
    {
        await Draft.CreateAsync(_session);
        Assert.True((await UpdateAsync()).KnowsEdits);

        await ResizeAsync(5);
        var plan = await UpdateAsync();
        var again = await PlanAsync();

        Assert.Equal("spec.maxSize", Assert.Single(Assert.Single(plan.Edits).Fields).Path.ToString());
        Assert.False(plan.IsEmpty);
        Assert.True(again.IsEmpty);
    }

    [Fact]
    public async Task Where_another_program_updated_last_that_is_said_once_and_what_is_edited_then_is_seen()
    {
        var state = await Draft.CreateAsync(_session);
        await UpdateAsync();
        await state.Layout.AppliedGroups.DeleteAsync(WriteCondition.Any);

        var adopted = await UpdateAsync();
        await ResizeAsync(5);
        var edited = await PlanAsync();

        Assert.Equal((false, false, 0), (adopted.IsEmpty, adopted.KnowsEdits, adopted.Effects.Count));
        Assert.True(edited.KnowsEdits);
        Assert.Single(edited.Edits);
    }

    [Fact]
    public async Task An_update_that_is_taken_back_has_applied_nothing()
    {
        await Draft.CreateAsync(_session);
        await UpdateAsync();
        await ResizeAsync(5);
        await UpdateAsync();

        var last = (await _session.State.History.ListNamesAsync(Stores.Cluster))[0];
        var change = await _session.State.History.FindAsync(last.Id, Stores.Cluster);
        await _session.ApplyAsync(await UndoChange.PlanAsync(_session, change!));

        Assert.Single((await PlanAsync()).Edits);
    }

    [Fact]
    public async Task An_older_update_is_taken_back_though_a_newer_one_has_noted_what_it_applied()
    {
        await Draft.CreateAsync(_session);
        await UpdateAsync();
        await EditAsync(group => group.Spec.NodeLabels["tier"] = "web");
        var older = await UpdateAsync();
        await ResizeAsync(5);
        await UpdateAsync();

        var name = (await _session.State.History.ListNamesAsync(Stores.Cluster))[2];
        var change = (await _session.State.History.FindAsync(name.Id, Stores.Cluster))!;
        Assert.StartsWith(older.Changes.Title, change.Record.Title, StringComparison.Ordinal);
        var undo = await UndoChange.PlanAsync(_session, change);
        await _session.ApplyAsync(undo);

        var state = await ReadAsync();
        Assert.DoesNotContain(undo.Files, file => file.Path.Equals(state.Layout.AppliedGroups));
        Assert.Equal(
            older
                .Changes.Files.Where(file => !file.Path.Equals(state.Layout.AppliedGroups))
                .Select(file => file.Path.ToString())
                .Order(StringComparer.Ordinal),
            undo.Files.Select(file => file.Path.ToString()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task It_goes_with_the_cluster_that_is_deleted()
    {
        var state = await Draft.CreateAsync(_session);
        await UpdateAsync();
        await ResizeAsync(5);

        await _session.ApplyAsync(await DeleteCluster.PlanAsync(_session, await ReadAsync(), unregister: true));
        await Draft.CreateAsync(_session);

        Assert.Null(await state.Layout.AppliedGroups.ReadTextAsync());
        Assert.Empty((await PlanAsync()).Edits);
    }

    [Fact]
    public async Task What_was_left_by_an_earlier_cluster_of_that_name_is_not_taken_for_this_ones()
    {
        var state = await Draft.CreateAsync(_session);
        await state.Layout.AppliedGroups.WriteTextAsync(Stores.Group(), WriteCondition.Any);

        var plan = await UpdateAsync();

        Assert.Empty(plan.Edits);
        Assert.True((await PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task It_moves_along()
    {
        var state = await Draft.CreateAsync(_session);
        await UpdateAsync();
        await ResizeAsync(5);
        var target = _stores.Open(_stores.At("memfs://there"));

        await new ClusterMove(_session.State, target, TimeProvider.System, _stores.Author).RunAsync(Stores.Cluster, new TransferMeter());
        var there = _stores.Begin(target.Root);
        var plan = await UpdateCluster.PlanAsync(there, await there.ReadClusterToChangeAsync(Stores.Cluster));

        Assert.Equal(await state.Layout.AppliedGroups.ReadTextAsync(), await target.LayoutOf(Stores.Cluster).AppliedGroups.ReadTextAsync());
        Assert.Single(plan.Edits);
    }

    private async Task<UpdatePlan> PlanAsync() => await UpdateCluster.PlanAsync(_session, await ReadAsync());

    private async Task<UpdatePlan> UpdateAsync()
    {
        var plan = await PlanAsync();
        await UpdateCluster.ApplyAsync(_session, plan);
        return plan;
    }

    private Task ResizeAsync(int size) => EditAsync(group => group.Spec.MaxSize = size);

    private async Task EditAsync(Action<InstanceGroup> edit)
    {
        var state = await ReadAsync();
        var stored = state.GetInstanceGroup(Group);
        var group = stored.Copy();
        edit(group);
        await _session.ApplyAsync(EditInstanceGroup.Plan(_session, state, stored, group));
    }

    private Task<ClusterState> ReadAsync() => _session.ReadClusterToChangeAsync(Stores.Cluster);
}
