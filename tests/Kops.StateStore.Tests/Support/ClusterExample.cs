namespace Kops.StateStore.Tests.Support;

/// <summary>A small cluster, as it stands in a store.</summary>
internal static class ClusterExample
{
    public const string Name = "demo.example.com";

    public static string Cluster(string name = Name, string channel = "stable", string extra = "") =>
        $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: Cluster
            metadata:
              creationTimestamp: "2026-11-22T12:00:00Z"
              name: {name}
            spec:
              channel: {channel}
              cloudProvider: aws
              kubernetesVersion: 1.36.3
            {extra}
            """.TrimEnd() + "\n";

    public static string Group(string name, int size = 1) =>
        $"""
            apiVersion: kops.k8s.io/v1alpha2
            kind: InstanceGroup
            metadata:
              creationTimestamp: "2026-11-22T12:00:00Z"
              name: {name}
            spec:
              machineType: m4.large
              maxSize: {size}
              minSize: {size}
              role: Node

            """;

    /// <summary>Puts a cluster with some groups into a store, as kOps would.</summary>
    public static async Task PutAsync(World world, string name = Name, params string[] groups)
    {
        await world.PutAsync($"{name}/config", Cluster(name));
        foreach (var group in groups)
            await world.PutAsync($"{name}/instancegroup/{group}", Group(group));
    }

    public static async Task<Kops.StateStore.Clusters.ClusterState> ReadAsync(ClusterStore store, string name = Name) =>
        await store.ReadAsync(name) ?? throw new InvalidOperationException($"no cluster {name}");
}
