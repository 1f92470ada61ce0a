using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Hetzner;

/// <summary>The machines, the key that opens them, and the disks of etcd.</summary>
internal static class ServerBuilder
{
    private const long DefaultDiskSize = 20;

    public static IEnumerable<Resource> Build(HetznerCluster cluster)
    {
        var keys = cluster
            .Request.SshKeys.Take(1)
            .Select(key => new Resource(
                HetznerKinds.SshKey,
                $"{cluster.Name}-{SshKeys.Fingerprint(key)}",
                new()
                {
                    ["labels"] = cluster.Labels(),
                    ["name"] = $"{cluster.Name}-{SshKeys.Fingerprint(key)}",
                    ["public_key"] = key.Trim(),
                }
            ))
            .ToList();
        return
        [
            .. keys,
            .. cluster.Groups.Select(group => Server(cluster, group, Value.List(keys.Select(key => key.Ref())))),
            .. from etcd in cluster.Spec.EtcdClusters from member in etcd.EtcdMembers select Disk(cluster, etcd, member),
        ];
    }

    private static Resource Server(HetznerCluster cluster, InstanceGroup group, ListValue keys)
    {
        var name = group.Metadata.Name ?? throw new FormatException("an instance group has no name");
        return new(
            HetznerKinds.Server,
            name,
            new()
            {
                ["count"] = group.Spec.MinSize,
                ["image"] = group.Spec.Image,
                ["labels"] = cluster.Labels(Labels(cluster, group, name)),
                ["location"] = Location(cluster, group),
                ["name"] = $"{name}-${{count.index}}",
                ["network"] = new Block { ["network_id"] = cluster.Network() },
                ["public_net"] = new Block { ["ipv4_enabled"] = true, ["ipv6_enabled"] = false },
                ["server_type"] = group.Spec.MachineType,
                ["ssh_keys"] = keys,
                ["user_data"] = cluster.Request.BootScripts.TryGetValue(name, out var script)
                    ? new DataFile("user_data", script, FileEncoding.Base64)
                    : null,
            }
        );
    }

    private static Dictionary<string, string> Labels(HetznerCluster cluster, InstanceGroup group, string name)
    {
        const string NodeLabel = "node-label.kops.k8s.io.";
        var role = NodeRoles.Of(group.Spec.Role);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kops.k8s.io/instance-group"] = name,
            ["kops.k8s.io/instance-role"] = HetznerCluster.Role(group),
        };
        if (role == MachineRole.Node && cluster.Spec.ClusterAutoscaler?.Enabled == true)
            labels["hcloud/node-group"] = name;
        foreach (var (key, value) in (group.Spec.Kubelet?.NodeLabels).OrNone())
            labels[NodeLabel + key] = value;
        foreach (var (key, value) in cluster.Spec.CloudLabels.Concat(group.Spec.CloudLabels))
            labels[key] = value;
        return labels;
    }

    private static string Location(HetznerCluster cluster, InstanceGroup group) =>
        cluster.Spec.Subnets.FirstOrDefault(subnet => subnet.Name == group.Spec.Subnets.FirstOrDefault())?.Zone ?? cluster.Zone;

    private static Resource Disk(HetznerCluster cluster, EtcdClusterSpec etcd, EtcdMemberSpec member)
    {
        var group =
            cluster.Groups.FirstOrDefault(group => group.Metadata.Name == member.InstanceGroup)
            ?? throw new FormatException($"spec.etcdClusters: there is no instance group '{member.InstanceGroup}'");
        var name = $"{member.Name}.etcd-{etcd.Name}.{cluster.Name}";
        return new(
            HetznerKinds.Volume,
            name,
            new()
            {
                ["labels"] = cluster.Labels(
                    new KeyValuePair<string, string>("kops.k8s.io/instance-group", group.Metadata.Name!),
                    new KeyValuePair<string, string>("kops.k8s.io/volume-role", etcd.Name ?? string.Empty)
                ),
                ["location"] = Location(cluster, group),
                ["name"] = name,
                ["size"] = member.VolumeSize is > 0 and var size ? size : DefaultDiskSize,
            }
        );
    }
}
