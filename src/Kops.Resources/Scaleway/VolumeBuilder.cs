using Kops.Api;
using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>The disks of etcd.</summary>
internal static class VolumeBuilder
{
    private const int DefaultSize = 20;

    public static IEnumerable<Resource> Build(ScalewayCluster cluster) =>
        from etcd in cluster.Spec.EtcdClusters
        from member in etcd.EtcdMembers
        select Volume(cluster, etcd, member);

    private static Resource Volume(ScalewayCluster cluster, EtcdClusterSpec etcd, EtcdMemberSpec member)
    {
        var name = $"{member.Name}.etcd-{etcd.Name}.{cluster.Name}";
        return new(
            ScalewayKinds.Volume,
            ScalewayCluster.Dashed(name),
            new()
            {
                ["name"] = name,
                ["size_in_gb"] = member.VolumeSize is > 0 and var size ? size : DefaultSize,
                ["tags"] = ScalewayCluster.Tags([
                    cluster.ClusterTag,
                    ScalewayCluster.Tag("etcd", etcd.Name ?? string.Empty),
                    ScalewayCluster.ControlPlaneTag,
                    ScalewayCluster.Tag("instance-group", member.InstanceGroup ?? string.Empty),
                    .. cluster.CloudLabels,
                ]),
                // A disk that outlives its machine.
                ["type"] = "b_ssd",
            }
        );
    }
}
