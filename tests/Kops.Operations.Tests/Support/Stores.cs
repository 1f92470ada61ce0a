using Kops.Operations.Events;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.Vfs;
using Kops.Vfs.Files;

namespace Kops.Operations.Tests.Support;

/// <summary>Stores in memory and in a directory of its own, with a cluster in one of them, as a program would hold them.</summary>
internal sealed class Stores : IAsyncDisposable
{
    public const string Cluster = "demo.example.com";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kops-operations-");

    public Stores() => Registry = new StoreRegistry().AddStandardStores(TimeProvider.System, _directory.FullName);

    public StoreRegistry Registry { get; }

    public ChangeAuthor Author { get; } = new("alice", "host", "a test", "kops 0");

    /// <summary>What operations told.</summary>
    public List<OperationEvent> Told { get; } = [];

    public VfsPath Root => At("memfs://here");

    public VfsPath At(string address) => Registry.Resolve(address);

    /// <summary>A path in the directory.</summary>
    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public ClusterStore Open(VfsPath root) => new(root, Registry, TimeProvider.System, Author);

    public ClusterSession Begin(VfsPath? root = null, bool allowUnknownFields = false) =>
        new(Open(root ?? Root), TimeProvider.System, "a test") { Tell = Told.Add, AllowUnknownFields = allowUnknownFields };

    /// <summary>Puts a cluster with one group, keys and a backup into the store, as kOps would.</summary>
    public async Task PutClusterAsync(string name = Cluster)
    {
        var directory = Root.Join(name);
        await directory
            .Join("config")
            .WriteTextAsync(
                $"""
                apiVersion: kops.k8s.io/v1alpha2
                kind: Cluster
                metadata:
                  creationTimestamp: "2026-11-22T12:00:00Z"
                  name: {name}
                spec:
                  channel: stable
                  cloudProvider: aws
                  configBase: {directory}
                  etcdClusters:
                  - name: main
                  kubernetesVersion: 1.36.3

                """,
                WriteCondition.Any
            );
        await directory.Join("instancegroup", "nodes").WriteTextAsync(Group(), WriteCondition.Any);
        await directory.Join("pki", "private", "kubernetes-ca", "keyset.yaml").WriteTextAsync("the key of the CA", WriteCondition.Any);
        await directory.Join("secrets", "admin").WriteTextAsync("a password", WriteCondition.Any);
        await directory.Join("backups", "etcd", "main", "2026").WriteTextAsync("a backup", WriteCondition.Any);
    }

    public static string Group(int size = 1) =>
        $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: InstanceGroup
            metadata:
              creationTimestamp: "2026-11-22T12:00:00Z"
              name: nodes
            spec:
              machineType: m4.large
              maxSize: {size}
              minSize: {size}
              role: Node

            """;

    /// <summary>Every file below a place but those that kops keeps for itself.</summary>
    public static async Task<Dictionary<string, string>> ReadAllAsync(VfsPath place)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in place.ListTreeAsync())
        {
            if (!entry.Path.Key.StartsWith(".kops/", StringComparison.Ordinal))
                files[entry.Path.ToString()[place.ToString().Length..]] = (await entry.Path.ReadTextAsync())!;
        }

        return files;
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
