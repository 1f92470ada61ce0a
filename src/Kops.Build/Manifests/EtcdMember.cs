using Kops.Api;

namespace Kops.Build.Manifests;

/// <summary>A member of one of the cluster's etcds.</summary>
/// <param name="Etcd">The etcd.</param>
/// <param name="Group">The instance group whose machine runs the member.</param>
internal sealed record EtcdMember(EtcdClusterSpec Etcd, string Group)
{
    /// <summary>The etcd's name in the spec: <c>main</c>.</summary>
    public string Name => Etcd.Name ?? throw new FormatException("spec.etcdClusters: one has no name");

    /// <summary>What the etcd calls itself.</summary>
    public string ClusterName => Name == "main" ? "etcd" : $"etcd-{Name}";

    /// <summary>The name of the manifest's file, without its ending.</summary>
    public string FileName => $"{Name}-{Group}";

    public static IEnumerable<EtcdMember> AllOf(ClusterSpec cluster) =>
        cluster.EtcdClusters.SelectMany(etcd =>
            etcd.EtcdMembers.Select(member => new EtcdMember(
                etcd,
                member.InstanceGroup ?? throw new FormatException($"spec.etcdClusters: a member of '{etcd.Name}' has no instance group")
            ))
        );
}
