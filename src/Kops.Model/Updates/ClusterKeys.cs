using Kops.Api;

namespace Kops.Model.Updates;

/// <summary>The keysets and tokens that a cluster must have before its machines can start: those that kOps 1.37 makes on update.</summary>
public static class ClusterKeys
{
    /// <summary>The tokens. kOps keeps making them though nothing reads them any more.</summary>
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "admin",
        "kube",
        "kube-proxy",
        "kubelet",
        "system:controller_manager",
        "system:dns",
        "system:logging",
        "system:monitoring",
        "system:scheduler",
    ];

    /// <summary>The keysets of a cluster, sorted.</summary>
    public static IReadOnlyList<string> KeysetsOf(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var names = new SortedSet<string>(StringComparer.Ordinal) { "apiserver-aggregator-ca", "kubernetes-ca", "service-account" };
        foreach (var etcd in cluster.Spec.EtcdClusters.Select(etcd => etcd.Name).OfType<string>())
        {
            // Cilium's etcd has clients of its own; all others are the API server's.
            names.Add(etcd == "cilium" ? "etcd-clients-ca-cilium" : "etcd-clients-ca");
            names.Add($"etcd-manager-ca-{etcd}");
            names.Add($"etcd-peers-ca-{etcd}");
        }

        return [.. names];
    }
}
