using Kops.Api;
using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Tests.Support;
using Kops.StateStore;
using Kops.StateStore.Clusters;
using Kops.Vfs;

namespace Kops.Operations.Tests.Clusters;

/// <summary><c>create cluster</c> on a cluster that exists: what flags say differently than the last time is changed.</summary>
public sealed class Flags_are_merged_with_what_they_said : IAsyncDisposable
{
    private const string Name = Stores.Cluster;
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Fact]
    public async Task The_same_command_again_changes_nothing_though_somebody_edited_what_it_set()
    {
        var flags = new ClusterFlags
        {
            Zones = ["us-east-1a"],
            NodeCount = 3,
            NodeSizes = ["m4.large"],
        };
        await CreateAsync(flags);
        await EditAsync(group => (group.Spec.MinSize, group.Spec.MaxSize, group.Spec.MachineType) = (10, 12, "m5.large"));

        Assert.True((await MergeAsync(flags)).Changes.IsEmpty);
    }

    [Fact]
    public async Task What_the_flags_say_anew_is_changed_and_edits_of_other_fields_stay()
    {
        await CreateAsync(
            new ClusterFlags
            {
                Zones = ["us-east-1a"],
                NodeCount = 3,
                NodeSizes = ["m4.large"],
            }
        );
        await EditAsync(group => (group.Spec.MinSize, group.Spec.MaxSize) = (10, 10));

        var merged = await MergeAsync(
            new ClusterFlags
            {
                Zones = ["us-east-1a"],
                NodeCount = 3,
                NodeSizes = ["m5.xlarge"],
            }
        );

        var nodes = merged.InstanceGroups.Single(group => group.Spec.Role == "Node").Spec;
        Assert.Equal(("m5.xlarge", 10, 10), (nodes.MachineType, nodes.MinSize, nodes.MaxSize));
        Assert.True(merged.IsOnRecord);
    }

    [Fact]
    public async Task What_both_changed_is_a_conflict_that_shows_all_three()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], NodeCount = 3 });
        await EditAsync(group => (group.Spec.MinSize, group.Spec.MaxSize) = (10, 10));

        var conflict = await Assert.ThrowsAsync<OperationException>(() =>
            MergeAsync(new ClusterFlags { Zones = ["us-east-1a"], NodeCount = 5 })
        );

        Assert.Equal(OperationErrorKind.Conflict, conflict.Kind);
        Assert.Contains("spec.maxSize: the flags said 3, it is 10, and they say 5 now", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_flag_counts_as_it_was_said_last_and_changes_that_were_undone_do_not()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], NodeCount = 3 });
        await ApplyAsync(new ClusterFlags { NodeCount = 4 });
        await ApplyAsync(new ClusterFlags { NodeSizes = ["m5.large"] });
        Assert.Equal((4, "m5.large"), await SaidAsync());

        var session = _stores.Begin();
        var last = (await session.State.History.ListNamesAsync(Name))[0];
        var change = await session.State.History.FindAsync(last.Id, Name);
        await session.ApplyAsync(await History.UndoChange.PlanAsync(session, change!));

        Assert.Equal((4, null), await SaidAsync());

        async Task<(int?, string?)> SaidAsync()
        {
            var file = await FlagRecord.ReadAsync(_stores.Open(_stores.Root).LayoutOf(Name));
            var said = SaidFlags.Of(FlagRecord.Decode(file)!.Flags);
            return (said.NodeCount, said.NodeSizes?.Single());
        }
    }

    [Fact]
    public async Task Paths_that_were_set_keep_what_somebody_made_of_them()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], Sets = ["spec.kubelet.maxPods=50"] });
        var session = _stores.Begin();
        var state = await session.ReadClusterToChangeAsync(Name);
        var changed = state.Cluster.Copy();
        changed.Spec.EnsureKubelet().MaxPods = 60;
        await session.ApplyAsync(await EditCluster.PlanAsync(session, state, changed));

        Assert.True((await MergeAsync(new ClusterFlags { Sets = ["spec.kubelet.maxPods=50"] })).Changes.IsEmpty);
    }

    [Fact]
    public async Task Keys_that_flags_name_no_more_leave_their_maps_and_those_of_others_stay()
    {
        await CreateAsync(
            new ClusterFlags
            {
                Zones = ["us-east-1a"],
                CloudLabels = "a=1,b=2",
                KubernetesFeatureGates = ["+One", "-Two"],
            }
        );
        await EditClusterAsync(spec => spec.CloudLabels["own"] = "x");

        var merged = (await MergeAsync(new ClusterFlags { CloudLabels = "b=3", KubernetesFeatureGates = ["-Two"] })).Cluster.Spec;

        Assert.Equal(["b=3", "own=x"], merged.CloudLabels.Select(label => $"{label.Key}={label.Value}").Order());
        Assert.Equal(["Two"], merged.KubeScheduler!.FeatureGates.Select(gate => gate.Key));
        Assert.Equal(["Two"], merged.Kubelet!.FeatureGates.Select(gate => gate.Key));
    }

    [Fact]
    public async Task A_key_that_somebody_edited_and_flags_name_no_more_is_a_conflict()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], CloudLabels = "a=1,b=2" });
        await EditClusterAsync(spec => spec.CloudLabels["a"] = "9");

        var conflict = await Assert.ThrowsAsync<OperationException>(() => MergeAsync(new ClusterFlags { CloudLabels = "b=2" }));

        Assert.Contains("spec.cloudLabels", conflict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_which_no_flags_are_known_says_so()
    {
        var state = await Draft.CreateAsync(_stores.Begin());
        await state.Layout.SaidFlags.DeleteAsync(WriteCondition.Any);

        Assert.False((await MergeAsync(new ClusterFlags { NodeCount = 3 })).IsOnRecord);
    }

    [Fact]
    public async Task What_was_said_of_an_earlier_cluster_of_that_name_is_not_on_record()
    {
        var state = await Draft.CreateAsync(_stores.Begin());
        var earlier = new FlagRecord(
            "2020-01-01T00:00:00Z",
            new Dictionary<string, IReadOnlyList<string>> { ["node-count"] = ["3"] },
            state.Cluster.Value,
            []
        );
        await state.Layout.SaidFlags.WriteAsync(earlier.Encode(), Vfs.WriteCondition.Any);

        Assert.False((await MergeAsync(new ClusterFlags { NodeCount = 3 })).IsOnRecord);
    }

    [Fact]
    public async Task What_is_so_already_is_kept_as_said_and_counts_from_then_on()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], NodeCount = 3 });
        await EditAsync(group => (group.Spec.MinSize, group.Spec.MaxSize) = (5, 5));
        var five = new ClusterFlags { NodeCount = 5 };

        var agreed = await MergeAsync(five);
        await ApplyAsync(five);
        await EditAsync(group => (group.Spec.MinSize, group.Spec.MaxSize) = (7, 7));

        Assert.Empty(agreed.Effects);
        Assert.True((await MergeAsync(five)).Changes.IsEmpty);
    }

    [Theory]
    [InlineData("{\"format\":2,\"created\":\"\",\"flags\":[]}", "newer program")]
    [InlineData(
        "{\"format\":1,\"created\":\"\",\"flags\":[],\"made\":[\"apiVersion: kops.k8s.io/v1alpha2\\nkind: Cluster\"],\"more\":1}",
        "unknown field 'more'"
    )]
    [InlineData("{\"format\":1,\"created\":\"\",\"flags\":[{\"name\":\"a\",\"values\":[]},{\"name\":\"a\",\"values\":[]}]}", "twice")]
    [InlineData("{\"format\":1,\"created\":\"\",\"flags\":[],\"made\":[]}", "what the flags made")]
    [InlineData("{\"format\":1,\"created\":\"\",\"flags\":[],\"made\":[\"kind: Pod\"]}", "made")]
    [InlineData("node-count: 3", "not a record of flags")]
    public async Task A_record_that_is_none_is_refused_with_its_name(string content, string reason)
    {
        var state = await Draft.CreateAsync(_stores.Begin());
        await state.Layout.SaidFlags.WriteTextAsync(content, WriteCondition.Any);

        var refused = await Assert.ThrowsAsync<StateStore.Errors.StateStoreException>(() => MergeAsync(new ClusterFlags { NodeCount = 3 }));

        Assert.Contains(state.Layout.SaidFlags.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_that_are_set_again_and_again_are_kept_once()
    {
        var flags = new ClusterFlags { Zones = ["us-east-1a"], Sets = ["spec.kubelet.maxPods=50"] };
        await CreateAsync(flags);
        await ApplyAsync(new ClusterFlags { Sets = ["spec.kubelet.maxPods=60"] });

        Assert.True((await MergeAsync(new ClusterFlags { Sets = ["spec.kubelet.maxPods=60"] })).Changes.IsEmpty);
    }

    [Fact]
    public async Task Who_administers_may_log_in_as_well_whoever_edited_one_of_the_two_lists()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], AdminAccess = ["10.0.0.0/8", "11.0.0.0/8"] });
        await EditClusterAsync(spec => spec.KubernetesApiAccess.Set(["10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8"]));

        var merged = (await MergeAsync(new ClusterFlags { AdminAccess = ["10.0.0.0/8"] })).Cluster.Spec;

        Assert.Equal(["10.0.0.0/8"], merged.SshAccess);
        Assert.Equal(["10.0.0.0/8", "12.0.0.0/8"], merged.KubernetesApiAccess);
    }

    [Fact]
    public async Task A_list_that_somebody_edited_and_a_flag_of_its_own_says_otherwise_is_a_conflict()
    {
        await CreateAsync(new ClusterFlags { Zones = ["us-east-1a"], AdminAccess = ["10.0.0.0/8"] });
        await EditClusterAsync(spec => spec.SshAccess.Set(["12.0.0.0/8"]));

        var merged = (await MergeAsync(new ClusterFlags { SshAccess = ["1.1.1.1/32"] })).Cluster.Spec;

        // Lists of different values merge item by item: what the flags had put there goes, what somebody put there stays.
        Assert.Equal(["1.1.1.1/32", "12.0.0.0/8"], merged.SshAccess.Order());
    }

    [Fact]
    public async Task A_flag_for_all_groups_passes_by_those_that_have_one_of_their_own_on_record()
    {
        await CreateAsync(
            new ClusterFlags
            {
                Zones = ["us-east-1a"],
                Image = "i1",
                NodeImage = "n1",
            }
        );
        await ApplyAsync(new ClusterFlags { Image = "i2" });

        Assert.Equal(["i2", "n1"], await ImagesAsync());
        await ApplyAsync(new ClusterFlags { NodeImage = "n2" });
        Assert.Equal(["i2", "n2"], await ImagesAsync());

        async Task<IEnumerable<string?>> ImagesAsync() =>
            (await _stores.Begin().ReadClusterToChangeAsync(Name)).InstanceGroups.Select(group => group.Value.Spec.Image);
    }

    private ClusterSession Begin(ClusterFlags flags) =>
        new(
            _stores.Open(_stores.Root),
            TimeProvider.System,
            string.Join(
                ' ',
                ClusterFlagTable
                    .All.Where(flag => flag.Get(flags) is not null)
                    .SelectMany(flag => flag.Get(flags)!.Select(value => $"--{flag.Name}={value}"))
                    .Prepend($"create cluster {Name}")
            )
        );

    private async Task CreateAsync(ClusterFlags flags)
    {
        var session = Begin(flags);
        var described = await CreateCluster.DescribeAsync(session, new CreateClusterRequest(Name, flags));
        await session.ApplyAsync(CreateCluster.Plan(session, described));
    }

    private async Task<MergedCluster> MergeAsync(ClusterFlags flags)
    {
        var session = Begin(flags);
        return await MergeCluster.PlanAsync(session, await session.ReadClusterToChangeAsync(Name), flags);
    }

    private async Task ApplyAsync(ClusterFlags flags) => await Begin(flags).ApplyAsync((await MergeAsync(flags)).Changes);

    private async Task EditClusterAsync(Action<ClusterSpec> edit)
    {
        var session = _stores.Begin();
        var state = await session.ReadClusterToChangeAsync(Name);
        var changed = state.Cluster.Copy();
        edit(changed.Spec);
        await session.ApplyAsync(await EditCluster.PlanAsync(session, state, changed));
    }

    private async Task EditAsync(Action<InstanceGroup> edit)
    {
        var session = _stores.Begin();
        var state = await session.ReadClusterToChangeAsync(Name);
        var stored = state.InstanceGroups.Single(group => group.Value.Spec.Role == "Node");
        var changed = stored.Copy();
        edit(changed);
        await session.ApplyAsync(EditInstanceGroup.Plan(session, state, stored, changed));
    }
}
