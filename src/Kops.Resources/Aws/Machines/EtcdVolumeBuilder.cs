using Kops.Api;
using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Machines;

/// <summary>The disks of etcd. They outlive machines; their tags tell etcd-manager whose they are.</summary>
internal static class EtcdVolumeBuilder
{
    private const long DefaultSize = 20;
    private const string DefaultType = "gp3";

    public static IEnumerable<Resource> Build(AwsCluster cluster) =>
        from etcd in cluster.Spec.EtcdClusters
        from member in etcd.EtcdMembers
        select Volume(cluster, etcd, member);

    private static Resource Volume(AwsCluster cluster, EtcdClusterSpec etcd, EtcdMemberSpec member)
    {
        var name = $"{member.Name}.etcd-{etcd.Name}.{cluster.Name}";
        var type = member.VolumeType is { Length: > 0 } given ? given : DefaultType;
        var tags = cluster.Tags(name);
        var members = etcd.EtcdMembers.Select(other => other.Name).Order(StringComparer.Ordinal);
        tags[$"k8s.io/etcd/{etcd.Name}"] = $"{member.Name}/{string.Join(',', members)}";
        tags["k8s.io/role/control-plane"] = "1";
        tags["k8s.io/role/master"] = "1";
        return new(
            AwsKinds.Volume,
            name,
            new()
            {
                ["availability_zone"] = Zone(cluster, member),
                ["encrypted"] = member.EncryptedVolume ?? false,
                ["iops"] = BlockDevices.Iops(type, member.VolumeIops),
                ["kms_key_id"] = member.KmsKeyId,
                ["size"] = member.VolumeSize is > 0 and var size ? size : DefaultSize,
                ["tags"] = MapValue.Of(tags),
                ["throughput"] = BlockDevices.Throughput(type, member.VolumeThroughput),
                ["type"] = type,
            }
        );
    }

    private static string Zone(AwsCluster cluster, EtcdMemberSpec member)
    {
        var group =
            cluster.Groups.FirstOrDefault(group => group.Name == member.InstanceGroup)
            ?? throw new FormatException($"spec.etcdClusters: there is no instance group '{member.InstanceGroup}'");
        return group.Subnets.Select(subnet => subnet.Zone).Distinct().ToList() is [{ } zone]
            ? zone
            : throw new FormatException($"instance group {group.Name}: etcd needs it to be in one zone, as its disks are");
    }
}
