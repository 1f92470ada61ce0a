using Kops.Api.Paths;
using Kops.Model;
using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Tests.Support;
using Kops.Operations.Updates;
using Kops.StateStore;

namespace Kops.Operations.Tests.Updates;

/// <summary>A cluster with a control plane and two groups of nodes, updated once, to be edited and updated again.</summary>
internal sealed class UpdatedCluster : IAsyncDisposable
{
    public const string Name = Stores.Cluster;
    public const string ControlPlane = "control-plane-us-east-1a";
    public const string Nodes = "nodes-us-east-1a";
    public const string MoreNodes = "nodes-us-east-1b";

    private UpdatedCluster(Stores stores) => Stores = stores;

    public Stores Stores { get; }

    public ClusterSession Session { get; private set; } = null!;

    public static async Task<UpdatedCluster> CreateAsync(string? version = null, string root = "memfs://here")
    {
        var made = new UpdatedCluster(new Stores());
        made.Session = made.Begin(root);
        var flags = new ClusterFlags
        {
            Zones = ["us-east-1a", "us-east-1b"],
            ControlPlaneZones = ["us-east-1a"],
            KubernetesVersion = version,
        };
        await made.Session.ApplyAsync(
            CreateCluster.Plan(made.Session, await CreateCluster.DescribeAsync(made.Session, new CreateClusterRequest(Name, flags)))
        );
        await made.UpdateAsync();
        return made;
    }

    /// <summary>Begins to work on a store. Keys are short, and made in no time.</summary>
    public ClusterSession Begin(string root) =>
        new(
            new ClusterStore(Stores.At(root), Stores.Registry, TimeProvider.System, Stores.Author) { KeyBits = 1024 },
            TimeProvider.System,
            "a test"
        )
        {
            Tell = Stores.Told.Add,
        };

    public async Task<UpdatePlan> PlanAsync(UpdateOptions? options = null) =>
        await UpdateCluster.PlanAsync(Session, await Session.ReadClusterAsync(Name), options);

    public async Task UpdateAsync(UpdateOptions? options = null) => await UpdateCluster.ApplyAsync(Session, await PlanAsync(options));

    /// <summary>Sets a field of the cluster, or with a group's name of that.</summary>
    public async Task EditAsync(string expression, string? group = null)
    {
        var state = await Session.ReadClusterAsync(Name);
        if (group is null)
        {
            var cluster = state.Cluster.Copy();
            FieldSetter.Apply(cluster.Node, cluster.Type, [], [expression]);
            await Session.ApplyAsync(await EditCluster.PlanAsync(Session, state, cluster));
            return;
        }

        var stored = state.InstanceGroups.Single(one => one.Name == group);
        var changed = stored.Copy();
        FieldSetter.Apply(changed.Node, changed.Type, [], [expression]);
        await Session.ApplyAsync(EditInstanceGroup.Plan(Session, state, stored, changed));
    }

    public async Task AddGroupAsync(string name)
    {
        var state = await Session.ReadClusterAsync(Name);
        var group = await CreateInstanceGroup.DescribeAsync(Session, state, new WantedInstanceGroup(name) { Subnets = ["us-east-1a"] });
        await Session.ApplyAsync(CreateInstanceGroup.Plan(Session, state, group));
    }

    public async Task DeleteGroupAsync(string name) =>
        await Session.ApplyAsync(
            await DeleteInstanceGroups.PlanAsync(Session, await Session.ReadClusterAsync(Name), [name], unregister: true)
        );

    /// <summary>What a file of the cluster says.</summary>
    public async Task<string?> ReadAsync(params string[] path) => await Session.State.Root.Join(Name).Join(path).ReadTextAsync();

    /// <summary>The Kubernetes version that the machines of a group boot with.</summary>
    public async Task<string> BootsWithAsync(string group) =>
        (
            await ReadAsync(
                "igconfig",
                group.StartsWith("control", StringComparison.Ordinal) ? "control-plane" : "node",
                group,
                "nodeupconfig.yaml"
            )
        )!
            .Split('\n')
            .Single(line => line.StartsWith("KubernetesVersion: ", StringComparison.Ordinal))["KubernetesVersion: ".Length..];

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
