using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>The disks of etcd.</summary>
internal static class DiskBuilder
{
    private const long DefaultSize = 20;

    public static IEnumerable<Resource> Build(AzureCluster cluster) =>
        from etcd in cluster.Spec.EtcdClusters
        from member in etcd.EtcdMembers
        select Disk(cluster, etcd, member);

    private static Resource Disk(AzureCluster cluster, EtcdClusterSpec etcd, EtcdMemberSpec member)
    {
        var group =
            cluster.Groups.FirstOrDefault(group => group.Metadata.Name == member.InstanceGroup)
            ?? throw new FormatException($"spec.etcdClusters: there is no instance group '{member.InstanceGroup}'");
        var members = string.Join(",", etcd.EtcdMembers.Select(other => other.Name).Order(StringComparer.Ordinal));
        var tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"k8s.io/etcd/{etcd.Name}"] = $"{member.Name}/{members}",
            ["kubernetes.io/cluster/" + cluster.Name] = "owned",
        };
        foreach (var tag in ScaleSetBuilder.RoleTags(MachineRole.ControlPlane))
            tags[tag] = "1";
        return cluster.Tagged(
            AzureKinds.Disk,
            $"{member.Name}.etcd-{etcd.Name}.{cluster.Name}",
            new()
            {
                ["create_option"] = "Empty",
                ["disk_size_gb"] = member.VolumeSize is > 0 and var size ? size : DefaultSize,
                ["storage_account_type"] = member.VolumeType is { Length: > 0 } type ? type : "StandardSSD_LRS",
                ["zone"] = group.Spec.Zones.Select(AzureCluster.Zone).FirstOrDefault(),
            },
            tags
        );
    }
}
