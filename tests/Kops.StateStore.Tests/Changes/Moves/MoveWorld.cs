using System.Text;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Tests.Support;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using Kops.Vfs.Drivers;
using Kops.Vfs.Memory;

namespace Kops.StateStore.Tests.Changes.Moves;

/// <summary>Two stores in memory, and processes that move clusters from one to the other.</summary>
internal sealed class MoveWorld
{
    public MoveWorld() => (Old, New) = (new MemoryStoreDriver(Clock), new MemoryStoreDriver(Clock));

    public ManualClock Clock { get; } = new();

    public MemoryStoreDriver Old { get; }

    public MemoryStoreDriver New { get; }

    public VfsPath OldRoot => new Store("memfs://old", Old).Root;

    public VfsPath NewRoot => new Store("memfs://new", New).Root;

    /// <summary>A deployed cluster whose files and paths are in the old store.</summary>
    public async Task PutAsync(string name, bool isDeployed = true, int backups = 3)
    {
        var config = $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: Cluster
            metadata:
              creationTimestamp: "2026-11-22T12:00:00Z"
              name: {name}
            spec:
              channel: stable
              cloudProvider: aws
              configBase: memfs://old/{name}
              etcdClusters:
              - backups:
                  backupStore: memfs://old/{name}/backups/etcd/main
                etcdMembers:
                - instanceGroup: master
                  name: a
                name: main
              keyStore: memfs://old/keys/{name}
              kubernetesVersion: 1.36.3
              secretStore: memfs://elsewhere/{name}

            """;
        await WriteAsync($"{name}/config", config);
        await WriteAsync($"{name}/instancegroup/nodes", ClusterExample.Group("nodes"));
        await WriteAsync($"{name}/clusteraddons/default", string.Empty);
        await WriteAsync($"keys/{name}/private/kubernetes-ca/keyset.yaml", "a key");
        for (var i = 0; i < backups; i++)
            await WriteAsync($"{name}/backups/etcd/main/{i:d6}/etcd.backup.gz", $"backup {i}");
        if (!isDeployed)
            return;
        await WriteAsync($"{name}/cluster-completed.spec", config);
        await WriteAsync($"{name}/addons/bootstrap-channel.yaml", "kind: Addons\n");
    }

    public ValueTask<WriteOutcome> WriteAsync(string key, string text) => OldRoot.Join(key).WriteTextAsync(text, WriteCondition.Any);

    /// <summary>A process's view of both stores.</summary>
    public (ClusterMove Move, MoveFinish Finish, ClusterStore From, ClusterStore To) Process(
        IStoreDriver? old = null,
        IStoreDriver? @new = null,
        string user = "alice",
        JournalOptions? options = null
    )
    {
        var drivers = new Dictionary<string, VfsPath>(StringComparer.Ordinal)
        {
            ["old"] = new Store("memfs://old", old ?? Old).Root,
            ["new"] = new Store("memfs://new", @new ?? New).Root,
            ["elsewhere"] = new Store("memfs://elsewhere", new MemoryStoreDriver(Clock)).Root,
        };
        var stores = new StoreRegistry().Add(
            "memfs",
            path =>
            {
                var parts = path["memfs://".Length..].Split('/', 2);
                return parts.Length == 1 ? drivers[parts[0]] : drivers[parts[0]].Join(parts[1]);
            }
        );
        var author = new ChangeAuthor(user, "host", "kops test", "kops 0");
        options ??= new JournalOptions { Poll = TimeSpan.FromMilliseconds(2), Lease = TimeSpan.Zero };
        var (from, to) = (
            new ClusterStore(drivers["old"], stores, Clock, author, null, options) { Rules = null },
            new ClusterStore(drivers["new"], stores, Clock, author, null, options) { Rules = null }
        );
        return (new ClusterMove(from, to, Clock, author), new MoveFinish(from, to, Clock), from, to);
    }

    public Task<MoveSummary?> MoveAsync(string name) => Process().Move.RunAsync(name, new TransferMeter());

    /// <summary>The files of a store but the journal's.</summary>
    public static async Task<SortedDictionary<string, string>> FilesAsync(VfsPath root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in root.ListTreeAsync())
        {
            if (!entry.Path.Key.StartsWith(".kops/", StringComparison.Ordinal))
                files[entry.Path.Key] = Encoding.UTF8.GetString((await entry.Path.ReadAsync())!.Bytes.Span);
        }

        return files;
    }
}
