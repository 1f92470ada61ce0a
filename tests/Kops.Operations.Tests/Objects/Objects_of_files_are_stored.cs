using System.Text;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Objects;
using Kops.Operations.Tests.Support;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Tests.Objects;

/// <summary><c>create -f</c> and <c>replace -f</c>: what of a user's file is stored, and what kOps fills in.</summary>
public sealed class Objects_of_files_are_stored : IAsyncDisposable
{
    private const string Name = Stores.Cluster;
    private readonly Stores _stores = new();

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_chosen_once_is_stored_so_that_a_subnet_more_renumbers_none(bool replaces)
    {
        var session = _stores.Begin();
        var bare = await DescribeAsync(cluster =>
        {
            (cluster.Spec.KubernetesVersion, cluster.Spec.NetworkCIDR) = (null, null);
            foreach (var subnet in cluster.Spec.Subnets)
                subnet.Cidr = null;
            foreach (var etcd in cluster.Spec.EtcdClusters)
                etcd.Manager = null;
        });
        var state = await StoreAsync(session, bare, replaces);

        var spec = state.Cluster.Value.Spec;
        Assert.NotNull(spec.KubernetesVersion);
        Assert.Equal("172.20.0.0/16", spec.NetworkCIDR);
        Assert.All(spec.EtcdClusters, etcd => Assert.Equal(90, etcd.Manager!.BackupRetentionDays));
        string[] ranges = [.. spec.Subnets.Select(subnet => subnet.Cidr!)];
        Assert.Equal(3, ranges.Distinct().Count());

        // One more in front of the others.
        var changed = state.Cluster.Copy();
        changed.Spec.Subnets.Insert(
            0,
            new ClusterSubnetSpec
            {
                Name = "a-first",
                Zone = "us-east-1d",
                Type = "Public",
            }
        );
        await session.ApplyAsync(await EditCluster.PlanAsync(session, state, changed));

        var now = (await session.ReadClusterAsync(Name)).Cluster.Value.Spec.Subnets;
        Assert.Equal(ranges, now.Where(subnet => subnet.Name != "a-first").Select(subnet => subnet.Cidr));
        Assert.NotNull(now[0].Cidr);
    }

    [Fact]
    public async Task No_empty_file_of_additional_objects_is_made()
    {
        await StoreAsync(_stores.Begin(), await DescribeAsync());

        Assert.DoesNotContain(
            (await Stores.ReadAllAsync(_stores.Root)).Keys,
            key => key.Contains("clusteraddons", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_group_keeps_the_label_that_names_its_cluster()
    {
        var state = await StoreAsync(_stores.Begin(), await DescribeAsync());

        Assert.All(state.InstanceGroups, group => Assert.Equal(Name, group.Value.Metadata.Labels["kops.k8s.io/cluster"]));
        Assert.All(
            state.InstanceGroups,
            group => Assert.Contains("  labels:\n    kops.k8s.io/cluster: " + Name, group.File.Text, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_control_plane_group_is_added_in_two_steps_in_either_order_and_applied_when_it_is_whole(bool groupFirst)
    {
        var session = _stores.Begin();
        await Draft.CreateAsync(session);
        string[] added = ["second", "third"];

        await (groupFirst ? AddGroupsAsync() : AddMembersAsync());

        var half = await Assert.ThrowsAsync<InvalidObjectException>(async () =>
            await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(Name))
        );
        Assert.Contains("second", half.Message, StringComparison.Ordinal);
        await (groupFirst ? AddMembersAsync() : AddGroupsAsync());
        Assert.False((await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(Name))).IsEmpty);

        async Task AddGroupsAsync()
        {
            foreach (var name in added)
            {
                var state = await session.ReadClusterAsync(Name);
                var wanted = new WantedInstanceGroup(name) { Role = "control-plane", Subnets = ["us-east-1a"] };
                var group = await CreateInstanceGroup.DescribeAsync(session, state, wanted);
                await session.ApplyAsync(CreateInstanceGroup.Plan(session, state, group));
            }
        }

        async Task AddMembersAsync()
        {
            var state = await session.ReadClusterAsync(Name);
            var cluster = state.Cluster.Copy();
            foreach (var etcd in cluster.Spec.EtcdClusters)
            foreach (var name in added)
                etcd.EtcdMembers.Add(
                    new EtcdMemberSpec
                    {
                        Name = name,
                        InstanceGroup = name,
                        EncryptedVolume = true,
                    }
                );
            await session.ApplyAsync(await EditCluster.PlanAsync(session, state, cluster));
        }
    }

    [Theory]
    [InlineData("Master")]
    [InlineData("my_ig")]
    [InlineData("nodes-AZ_1")]
    public async Task Names_of_groups_that_older_versions_made_pass_everywhere(string name)
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        var group = await CreateInstanceGroup.DescribeAsync(session, state, new WantedInstanceGroup(name) { Subnets = ["us-east-1a"] });
        await session.ApplyAsync(CreateInstanceGroup.Plan(session, state, group));

        state = await session.ReadClusterAsync(Name);
        var changed = state.GetInstanceGroup(name).Copy();
        changed.Spec.MaxSize = 9;
        await session.ApplyAsync(EditInstanceGroup.Plan(session, state, state.GetInstanceGroup(name), changed));
        await UpdateCluster.ApplyAsync(session, await UpdateCluster.PlanAsync(session, await session.ReadClusterAsync(Name)));
        state = await session.ReadClusterAsync(Name);
        Assert.Equal(9, state.GetInstanceGroup(name).Value.Spec.MaxSize);
        Assert.False((await DeleteInstanceGroups.PlanAsync(session, state, [name], unregister: true)).IsEmpty);
    }

    [Theory]
    [InlineData("m6g.large", "ubuntu-noble-24.04-amd64-server", "arm64 machine")]
    [InlineData("m5.large", "ubuntu-noble-24.04-arm64-server", "amd64 machine")]
    [InlineData("m6g.large", "ubuntu-noble-24.04-arm64-server", null)]
    [InlineData("m6g.large", "ami-1234", null)]
    public async Task A_machine_that_cannot_boot_its_image_is_refused(string machine, string image, string? reason)
    {
        var session = _stores.Begin();
        var state = await Draft.CreateAsync(session);
        var stored = state.InstanceGroups[^1];
        var changed = stored.Copy();
        (changed.Spec.MachineType, changed.Spec.Image) = (machine, $"099720109477/{image}");

        if (reason is null)
            Assert.False(EditInstanceGroup.Plan(session, state, stored, changed).IsEmpty);
        else
            Assert.Contains(
                reason,
                Assert.Throws<InvalidObjectException>(() => EditInstanceGroup.Plan(session, state, stored, changed)).Message,
                StringComparison.Ordinal
            );
    }

    /// <summary>A cluster as <c>get all -o yaml</c> shows one.</summary>
    private async Task<string> DescribeAsync(Action<Cluster>? change = null)
    {
        var flags = new ClusterFlags { Zones = ["us-east-1a", "us-east-1b", "us-east-1c"] };
        var described = await CreateCluster.DescribeAsync(_stores.Begin(), new CreateClusterRequest(Name, flags));
        change?.Invoke(described.Cluster);
        return KopsCodec.ToYaml([described.Cluster, .. described.InstanceGroups.Select(group => ClusterLabel.On(group, Name))]);
    }

    private static async Task<ClusterState> StoreAsync(ClusterSession session, string text, bool replaces = false)
    {
        var documents = ObjectDocuments.Read(session, Encoding.UTF8.GetBytes(text), "demo.yaml");
        var objects = ClusterObjects.Sort(session, [.. documents.Select(document => new SourcedDocument(document, "demo.yaml"))]).Single();
        await session.ApplyAsync(
            replaces
                ? await ReplaceObjects.PlanAsync(session, objects, null, createMissing: true)
                : await CreateObjects.PlanAsync(session, objects, null)
        );
        return await session.ReadClusterAsync(Name);
    }
}
