using System.Security.Cryptography;
using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.NewCluster;
using Kops.Operations.Clusters;
using Kops.Operations.InstanceGroups;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Kops.Vfs.Memory;

namespace Kops.Operations.Tests.Updates;

/// <summary>
/// While an update is on its way, and wherever it is killed, a machine that boots finds every file that it is told of: after each single
/// write, whatever a file refers to is there.
/// </summary>
public sealed class Machines_that_boot_in_the_middle : IAsyncDisposable
{
    private const string Name = "demo.example.com";
    private const string Root = $"memfs://state/{Name}/";

    private readonly RecordingDriver _driver = new(new MemoryStoreDriver(TimeProvider.System));
    private readonly StoreRegistry _stores = new();
    private readonly ClusterSession _session;
    private readonly List<string> _written = [];
    private readonly List<string> _missing = [];

    public Machines_that_boot_in_the_middle()
    {
        var root = new Store("memfs://", _driver).Root;
        _stores.Add("memfs", path => root.Join(path["memfs://".Length..]));
        var store = new ClusterStore(_stores.Resolve("memfs://state"), _stores, TimeProvider.System, new ChangeAuthor("a", "b", "c", "d"))
        {
            KeyBits = 1024,
        };
        _session = new ClusterSession(store, TimeProvider.System, "a test");
    }

    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    [Theory]
    [InlineData("etcd")]
    [InlineData("addon")]
    [InlineData("group")]
    [InlineData("version")]
    public async Task Find_all_that_they_are_told_of_after_each_write(string edit)
    {
        var flags = new ClusterFlags
        {
            Zones = ["us-east-1a"],
            KubernetesVersion = "1.35.1",
            Dns = "none",
        };
        await _session.ApplyAsync(
            CreateCluster.Plan(_session, await CreateCluster.DescribeAsync(_session, new CreateClusterRequest(Name, flags)))
        );
        _driver.AfterWrite = LookAsync;
        await UpdateAsync();
        var first = _written.Count;
        await EditAsync(edit);
        _written.Clear();
        await UpdateAsync();

        Assert.True(first > 10 && _written.Count > 3, $"{first} and {_written.Count} writes are too few to look between");
        Assert.Empty(_missing);
    }

    private async Task UpdateAsync() =>
        await UpdateCluster.ApplyAsync(_session, await UpdateCluster.PlanAsync(_session, await _session.ReadClusterAsync(Name)));

    private async Task EditAsync(string edit)
    {
        var state = await _session.ReadClusterAsync(Name);
        var cluster = state.Cluster.Copy();
        switch (edit)
        {
            case "etcd":
                cluster.Spec.EtcdClusters[0].EnsureManager().LogLevel = 3;
                break;
            case "addon":
                await _stores
                    .Resolve(Root + "addons/coredns.addons.k8s.io/k8s-1.12.yaml")
                    .WriteTextAsync("kind: List\n", WriteCondition.Any);
                cluster.Spec.EnsureKubelet().MaxPods = 50;
                break;
            case "group":
                var stored = state.InstanceGroups.First(group => group.Name.StartsWith("nodes", StringComparison.Ordinal));
                var changed = stored.Copy();
                changed.Spec.NodeLabels["a"] = "b";
                await _session.ApplyAsync(EditInstanceGroup.Plan(_session, state, stored, changed));
                return;
            default:
                cluster.Spec.KubernetesVersion = "1.36.3";
                break;
        }

        await _session.ApplyAsync(await EditCluster.PlanAsync(_session, state, cluster));
    }

    // As machines do: the control plane reads the store, nodes are handed what stands there.
    private async Task LookAsync(string key)
    {
        _written.Add(key);
        await foreach (var entry in _stores.Resolve(Root + "igconfig").ListTreeAsync())
        {
            if (entry.Path.Name == "nodeupconfig.yaml")
                await LookAtConfigAsync(key, entry.Path);
            else if (entry.Path.Name == "nodeupscript.sh")
                await LookAtScriptAsync(key, entry.Path);
        }

        if (await ReadAsync("addons/bootstrap-channel.yaml") is not { } channel)
            return;
        foreach (var addon in ((SequenceNode)((MappingNode)channel["spec"])["addons"]).OfType<MappingNode>())
            await NeedAsync(key, "bootstrap-channel.yaml", "addons/" + addon["manifest"]);
    }

    private async Task LookAtConfigAsync(string key, VfsPath path)
    {
        var config = (MappingNode)YamlReader.Read((await path.ReadAsync())!.Bytes, path.ToString()).Single().Root;
        var named = (config["etcdManifests"] as SequenceNode ?? [])
            .Select(address => address.ToString()![Root.Length..])
            .Concat(config["channelsManifest"] is { } channels ? [channels.ToString()![Root.Length..]] : [])
            .Concat((config["staticManifests"] as SequenceNode ?? []).Select(manifest => ((MappingNode)manifest)["path"].ToString()!))
            .Concat(((MappingNode)config["KeypairIDs"]).Select(keyset => $"pki/private/{keyset.Key}/keyset.yaml"));
        foreach (var place in named)
            await NeedAsync(key, path.ToString(), place);
    }

    private async Task LookAtScriptAsync(string key, VfsPath path)
    {
        var config = (
            await path.Store.Root.Join(path.Key.Replace("nodeupscript.sh", "nodeupconfig.yaml", StringComparison.Ordinal)).ReadAsync()
        )!;
        var hash = Convert.ToBase64String(SHA256.HashData(config.Bytes.Span));
        if (_written[^1] == path.Key && !(await path.ReadTextAsync())!.Contains(hash, StringComparison.Ordinal))
            _missing.Add($"after {key}: {path} names another configuration than stands there");
    }

    private async Task NeedAsync(string key, string by, string place)
    {
        if (await _stores.Resolve(Root + place).ReadAsync() is null)
            _missing.Add($"after {key}: {by} names {place}, which is not there");
    }

    private async Task<MappingNode?> ReadAsync(string place) =>
        await _stores.Resolve(Root + place).ReadTextAsync() is { } text
            ? (MappingNode)YamlReader.Read(Encoding.UTF8.GetBytes(text), place).Single().Root
            : null;
}
