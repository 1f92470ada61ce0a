using Kops.Api;
using Kops.Resources.Gce.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Gce.Machines;

/// <summary>The disks of etcd. They outlive machines; their labels tell etcd-manager whose they are.</summary>
internal static class DiskBuilder
{
    private const long DefaultSize = 20;

    public static IEnumerable<Resource> Build(GceCluster cluster) =>
        from etcd in cluster.Spec.EtcdClusters
        from member in etcd.EtcdMembers
        select Disk(cluster, etcd, member);

    private static Resource Disk(GceCluster cluster, EtcdClusterSpec etcd, EtcdMemberSpec member)
    {
        var name = cluster.Named($"{member.Name}-etcd-{etcd.Name}");
        var group =
            cluster.Groups.FirstOrDefault(group => group.Name == member.InstanceGroup)
            ?? throw new FormatException($"spec.etcdClusters: there is no instance group '{member.InstanceGroup}'");
        var members = etcd.EtcdMembers.Select(other => other.Name).Order(StringComparer.Ordinal);
        return new(
            GceKinds.Disk,
            name,
            new()
            {
                ["labels"] = cluster.Labels(
                    new KeyValuePair<string, string>($"k8s-io-etcd-{etcd.Name}", Label($"{member.Name}/{string.Join(',', members)}")),
                    new KeyValuePair<string, string>("k8s-io-role-master", "master")
                ),
                ["name"] = name,
                ["provisioned_iops"] = member.VolumeIops,
                ["provisioned_throughput"] = member.VolumeThroughput,
                ["size"] = member.VolumeSize is > 0 and var size ? size : DefaultSize,
                ["type"] = member.VolumeType is { Length: > 0 } type ? type : "pd-ssd",
                ["zone"] = group.Zones[0],
            }
        );
    }

    // Labels know few characters: the others are written by their number.
    private static string Label(string text) => Uri.EscapeDataString(text).Replace('%', '-').ToLowerInvariant();
}
