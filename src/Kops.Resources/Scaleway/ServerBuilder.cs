using Kops.Api;
using Kops.Api.Clouds;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>
/// The machines, each with an address of its own, and the key that opens them. Nothing there keeps their number.
/// </summary>
internal static class ServerBuilder
{
    private const int ControlPlaneDisk = 20;
    private const int NodeDisk = 50;

    // Types of machines that have no disk of their own and get one of 10 GB if nothing is said.
    private static readonly string[] WithoutDisk = ["PRO", "PLAY", "ENT"];

    public static IEnumerable<Resource> Build(ScalewayCluster cluster) =>
        [
            .. cluster.Request.SshKeys.Take(1).Select(key => Key(cluster, key)),
            .. from server in Servers(cluster) from resource in Server(cluster, server) select resource,
        ];

    /// <summary>The machines of the control plane, by which a load balancer reaches them.</summary>
    public static IEnumerable<Reference> ControlPlane(ScalewayCluster cluster, string property) =>
        Servers(cluster).Where(server => IsControlPlane(server.Group)).Select(server => ScalewayKinds.Server.Of(server.Name, property));

    private static bool IsControlPlane(InstanceGroup group) => NodeRoles.Of(group.Spec.Role) == MachineRole.ControlPlane;

    private static IEnumerable<(InstanceGroup Group, string Name)> Servers(ScalewayCluster cluster) =>
        from @group in cluster.Groups
        from number in Enumerable.Range(0, (int)(@group.Spec.MinSize ?? 0))
        select (@group, $"{@group.Metadata.Name}-{number}");

    private static Resource Key(ScalewayCluster cluster, string key)
    {
        var name = $"kubernetes.{cluster.Name}-{SshKeys.Fingerprint(key)}";
        return new(ScalewayKinds.SshKey, name, new() { ["name"] = name, ["public_key"] = key.Trim() });
    }

    private static IEnumerable<Resource> Server(ScalewayCluster cluster, (InstanceGroup Group, string Name) server)
    {
        var (group, name) = server;
        var address = new Resource(
            ScalewayKinds.Address,
            ScalewayCluster.Dashed(name),
            new() { ["tags"] = ScalewayCluster.Tags(cluster.ClusterTag) }
        );
        yield return address;
        yield return new(
            ScalewayKinds.Server,
            ScalewayCluster.Dashed(name),
            new()
            {
                ["enable_dynamic_ip"] = true,
                ["image"] = group.Spec.Image,
                ["ip_id"] = address.Ref(),
                // The disks of etcd are attached by etcd-manager.
                ["lifecycle"] = IsControlPlane(group)
                    ? new Block { ["ignore_changes"] = Value.List(new Expression("additional_volume_ids")) }
                    : null,
                ["name"] = name,
                ["replace_on_type_change"] = false,
                ["root_volume"] = RootVolume(group),
                ["tags"] = Tags(cluster, group),
                ["type"] = group.Spec.MachineType,
                ["user_data"] = cluster.Request.BootScripts.TryGetValue(group.Metadata.Name!, out var script)
                    ? new MapValue(new Dictionary<string, Value> { ["cloud-init"] = new DataFile("user_data", script) })
                    : null,
            }
        );
    }

    private static Block? RootVolume(InstanceGroup group) =>
        WithoutDisk.Any(prefix => group.Spec.MachineType?.StartsWith(prefix, StringComparison.Ordinal) == true)
            ? new Block { ["boot"] = true, ["size_in_gb"] = IsControlPlane(group) ? ControlPlaneDisk : NodeDisk }
            : null;

    private static ListValue Tags(ScalewayCluster cluster, InstanceGroup group) =>
        ScalewayCluster.Tags([
            cluster.ClusterTag,
            ScalewayCluster.Tag("instance-group", group.Metadata.Name!),
            .. cluster.CloudLabels,
            .. IsControlPlane(group) ? [ScalewayCluster.ControlPlaneTag] : Array.Empty<string>(),
        ]);
}
