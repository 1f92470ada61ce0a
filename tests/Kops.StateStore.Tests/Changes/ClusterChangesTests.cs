using Kops.Api;
using Kops.Api.Diff;
using Kops.Api.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Errors;
using Kops.StateStore.Tests.Support;
using Kops.Vfs;
using Xunit;

namespace Kops.StateStore.Tests.Changes;

public sealed class ClusterChangesTests
{
    private readonly World _world = new();

    [Fact]
    public async Task A_new_cluster_is_written_with_the_time_of_its_creation_and_the_labels_that_its_groups_are_given()
    {
        var store = _world.Open();
        var (cluster, group) = (new Cluster(), new InstanceGroup());
        cluster.Metadata.Name = "demo.example.com";
        cluster.Spec.Channel = "stable";
        group.Metadata.Name = "nodes";
        group.Metadata.Labels["kops.k8s.io/cluster"] = "demo.example.com";
        group.Spec.Role = "Node";

        await ApplyAsync(
            store,
            store.Change(store.LayoutOf("demo.example.com"), "create").CreateCluster(cluster).CreateInstanceGroup(group).Build()
        );

        Assert.Contains(
            "creationTimestamp: \"2026-11-22T12:00:00Z\"",
            await _world.GetAsync("demo.example.com/config"),
            StringComparison.Ordinal
        );
        var text = await _world.GetAsync("demo.example.com/instancegroup/nodes");
        Assert.Contains("creationTimestamp: \"2026-11-22T12:00:00Z\"", text, StringComparison.Ordinal);
        Assert.Contains("labels:\n    kops.k8s.io/cluster: demo.example.com\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_was_shown_with_its_clusters_label_and_handed_back_is_no_change()
    {
        await ClusterExample.PutAsync(_world, groups: "nodes");
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var group = state.FindInstanceGroup("nodes")!;
        var shown = group.Copy();
        shown.Metadata.Labels["kops.k8s.io/cluster"] = ClusterExample.Name;

        Assert.True(store.Change(state, "replace").ReplaceInstanceGroup(group, shown).Build().IsEmpty);

        shown.Metadata.Labels["kops.k8s.io/cluster"] = "another.example.com";
        Assert.False(store.Change(state, "replace").ReplaceInstanceGroup(group, shown).Build().IsEmpty);
    }

    [Fact]
    public async Task What_may_not_be_like_that_is_not_even_planned_unless_the_store_is_told_to_take_it()
    {
        await ClusterExample.PutAsync(_world, groups: "nodes");
        var (checking, taking) = (_world.Open(rules: ValidationOptions.Default), _world.Open());
        var state = await ClusterExample.ReadAsync(checking);
        var (cluster, group) = (state.Cluster.Copy(), state.FindInstanceGroup("nodes")!.Copy());
        cluster.Spec.NetworkCIDR = "10.0.0.0/33";
        group.Spec.MinSize = -1;

        var first = checking.Change(state, "edit").ReplaceCluster(state.Cluster, cluster);
        var second = checking.Change(state, "edit").ReplaceInstanceGroup(state.FindInstanceGroup("nodes")!, group);

        Assert.Contains(Assert.Throws<InvalidObjectException>(first.Build).Problems, problem => problem.Path == "spec.networkCIDR");
        Assert.Contains(Assert.Throws<InvalidObjectException>(second.Build).Problems, problem => problem.Path == "spec.minSize");
        Assert.False(taking.Change(state, "edit").ReplaceCluster(state.Cluster, cluster).Build().IsEmpty);
        Assert.NotNull(new ClusterStore(_world.Root, new StoreRegistry(), _world.Clock, new("a", "b", "c", "d")).Rules);
    }

    [Fact]
    public async Task A_cluster_that_exists_is_not_created_over()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var cluster = new Cluster();
        cluster.Metadata.Name = "demo.example.com";

        var result = await store.ApplyAsync(store.Change(store.LayoutOf("demo.example.com"), "create").CreateCluster(cluster).Build());

        Assert.IsType<ApplyResult.Conflict>(result);
        Assert.Equal(ClusterExample.Cluster(), await _world.GetAsync("demo.example.com/config"));
    }

    [Fact]
    public async Task The_generation_rises_when_the_spec_changes()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();

        await EditAsync(store, cluster => cluster.Spec.Channel = "alpha");
        await EditAsync(store, cluster => cluster.Spec.Channel = "beta");
        await EditAsync(store, cluster => cluster.Metadata.Annotations["note"] = "spec unchanged");

        var text = await _world.GetAsync("demo.example.com/config");
        Assert.Contains("generation: 2\n", text, StringComparison.Ordinal);
        Assert.Contains("channel: beta\n", text, StringComparison.Ordinal);
        Assert.Contains("note: spec unchanged\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_no_change_whatever_the_files_formatting()
    {
        await _world.PutAsync("demo.example.com/config", "# by hand\n" + ClusterExample.Cluster());
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);

        Assert.True(store.Change(state, "edit").ReplaceCluster(state.Cluster, state.Cluster.Copy()).Build().IsEmpty);
    }

    [Fact]
    public async Task A_name_cannot_be_changed()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var changed = state.Cluster.Copy();
        changed.Metadata.Name = "other.example.com";

        Assert.Throws<StateStoreException>(() => store.Change(state, "edit").ReplaceCluster(state.Cluster, changed));
    }

    [Fact]
    public async Task An_object_with_unknown_fields_is_overwritten_only_when_allowed_and_keeps_them()
    {
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: "  fromTheFuture:\n    a: 1"));
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var changed = state.Cluster.Copy();
        changed.Spec.Channel = "alpha";

        var error = Assert.Throws<StateStoreException>(() => store.Change(state, "edit").ReplaceCluster(state.Cluster, changed));
        Assert.Equal(StateErrorKind.Unknown, error.Kind);
        Assert.Contains("spec.fromTheFuture", error.Message, StringComparison.Ordinal);

        await ApplyAsync(store, store.Change(state, "edit", allowUnknownFields: true).ReplaceCluster(state.Cluster, changed).Build());
        Assert.Contains("  fromTheFuture:\n    a: 1\n", await _world.GetAsync("demo.example.com/config"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_replaces_an_object_does_not_take_away_the_fields_that_it_does_not_know()
    {
        const string extra = """
              subnets:
              - name: a
                fromTheFuture: 1
              - name: b
                fromTheFuture: 2
              - name: c
                fromTheFuture: 3
              deep:
                new: true
            """;
        await _world.PutAsync("demo.example.com/config", ClusterExample.Cluster(extra: extra));
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var file = new Cluster();
        file.Metadata.Name = ClusterExample.Name;
        foreach (var name in new[] { "c", "a", "d" })
            file.Spec.Subnets.Add(new ClusterSubnetSpec { Name = name });

        await ApplyAsync(store, store.Change(state, "replace", allowUnknownFields: true).ReplaceCluster(state.Cluster, file).Build());

        var text = await _world.GetAsync("demo.example.com/config");
        Assert.Contains("  deep:\n    new: true\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "  subnets:\n  - fromTheFuture: 3\n    name: c\n  - fromTheFuture: 1\n    name: a\n  - name: d\n",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_two_who_edit_one_cluster_one_wins_and_the_other_is_told_what_changed_meanwhile()
    {
        await ClusterExample.PutAsync(_world);
        var (alice, bob) = (_world.Open(user: "alice"), _world.Open(user: "bob"));
        var (hers, his) = (await ClusterExample.ReadAsync(alice), await ClusterExample.ReadAsync(bob));
        var (mine, other) = (hers.Cluster.Copy(), his.Cluster.Copy());
        mine.Spec.Channel = "alpha";
        other.Spec.KubernetesVersion = "1.37.0";

        await ApplyAsync(alice, alice.Change(hers, "edit").ReplaceCluster(hers.Cluster, mine).Build());
        var conflict = Assert.IsType<ApplyResult.Conflict>(
            await bob.ApplyAsync(bob.Change(his, "edit").ReplaceCluster(his.Cluster, other).Build())
        );

        var lines = DiffText.Lines(Assert.Single(conflict.Files).Fields!).Select(line => line.Text);
        Assert.Contains("  spec.channel: stable -> alpha", lines);
        Assert.Contains("kubernetesVersion: 1.36.3", await _world.GetAsync("demo.example.com/config"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_changed_fields_are_told_before_anything_is_written()
    {
        await ClusterExample.PutAsync(_world, groups: "nodes");
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);
        var group = state.FindInstanceGroup("nodes")!;
        var changed = group.Copy();
        changed.Spec.MaxSize = 5;

        var changes = store.Change(state, "edit").ReplaceInstanceGroup(group, changed).Build();

        Assert.Equal(
            ["+ metadata.generation: 1", "  spec.maxSize: 1 -> 5"],
            DiffText.Lines(Assert.Single(changes.Files).Fields!).Select(line => line.Text)
        );
        Assert.Equal(ClusterExample.Group("nodes"), await _world.GetAsync("demo.example.com/instancegroup/nodes"));
    }

    [Fact]
    public async Task Of_many_writers_racing_for_one_cluster_one_wins()
    {
        await ClusterExample.PutAsync(_world);
        var plans = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async i =>
                {
                    var store = _world.Open(user: $"user{i}");
                    var state = await ClusterExample.ReadAsync(store);
                    var changed = state.Cluster.Copy();
                    changed.Spec.Channel = $"channel{i}";
                    return (Store: store, Changes: store.Change(state, "edit").ReplaceCluster(state.Cluster, changed).Build());
                })
        );

        var results = await Task.WhenAll(plans.Select(plan => Task.Run(() => plan.Store.ApplyAsync(plan.Changes))));

        Assert.Single(results.OfType<ApplyResult.Applied>());
        Assert.Equal(7, results.OfType<ApplyResult.Conflict>().Count());
    }

    [Fact]
    public async Task A_deleted_group_is_gone()
    {
        await ClusterExample.PutAsync(_world, groups: ["a", "b"]);
        var store = _world.Open();
        var state = await ClusterExample.ReadAsync(store);

        await ApplyAsync(store, store.Change(state, "delete").DeleteInstanceGroup(state.FindInstanceGroup("a")!).Build());

        Assert.Equal(["b"], (await ClusterExample.ReadAsync(store)).InstanceGroups.Select(group => group.Name));
    }

    [Fact]
    public async Task An_undone_edit_has_the_old_spec_and_a_new_generation()
    {
        await ClusterExample.PutAsync(_world);
        var store = _world.Open();
        await EditAsync(store, cluster => cluster.Spec.Channel = "alpha");
        var change = await store.History.FindAsync((await store.History.ListNamesAsync())[0].Id);

        await ApplyAsync(store, (await store.History.PlanUndoAsync(change!, "undo")).Changes);

        var text = await _world.GetAsync("demo.example.com/config");
        Assert.Contains("channel: stable\n", text, StringComparison.Ordinal);
        Assert.Contains("generation: 2\n", text, StringComparison.Ordinal);
    }

    private static async Task EditAsync(ClusterStore store, Action<Cluster> edit)
    {
        var state = await ClusterExample.ReadAsync(store);
        var changed = state.Cluster.Copy();
        edit(changed);
        await ApplyAsync(store, store.Change(state, "edit").ReplaceCluster(state.Cluster, changed).Build());
    }

    private static async Task ApplyAsync(ClusterStore store, ChangeSet changes) =>
        Assert.IsType<ApplyResult.Applied>(await store.ApplyAsync(changes));
}
