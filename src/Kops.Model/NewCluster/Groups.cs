using Kops.Api;
using Kops.Api.Clouds;

namespace Kops.Model.NewCluster;

/// <summary>Instance groups in general.</summary>
internal static class Groups
{
    /// <summary>kOps labels every machine with its group's name.</summary>
    public const string NameLabel = "kops.k8s.io/instancegroup";

    public static InstanceGroup Add(
        ClusterDraft draft,
        string name,
        MachineRole role,
        int? size,
        string? zone,
        IEnumerable<string> subnets,
        IReadOnlyList<string>? machineTypes
    )
    {
        var group = new InstanceGroup();
        group.Metadata.Name = name;
        group.Spec.Role = RoleName(role);
        group.Spec.MinSize = size;
        group.Spec.MaxSize = size;
        group.Spec.Subnets.Set(subnets);
        group.Spec.NodeLabels[NameLabel] = name;
        if (zone is not null && draft.Cloud.GroupsNameZones)
            group.Spec.Zones.Set([zone]);
        if (machineTypes is { Count: > 0 })
        {
            group.Spec.MachineType = machineTypes[0];
            if (machineTypes.Count > 1 && draft.Cloud.MixesMachineTypes)
                group.Spec.EnsureMixedInstancesPolicy().Instances.Set(machineTypes);
        }

        draft.Groups.Add(group);
        return group;
    }

    /// <summary>Deals machines to zones; the first zones get what remains.</summary>
    public static int Share(int total, int zones, int at) => (total / zones) + (at < total % zones ? 1 : 0);

    /// <summary>The role as v1alpha2 writes it.</summary>
    public static string RoleName(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => "Master",
            MachineRole.ApiServer => "APIServer",
            MachineRole.Bastion => "Bastion",
            _ => "Node",
        };

    /// <summary>The role of a group.</summary>
    public static MachineRole RoleOf(InstanceGroup group) =>
        group.Spec.Role switch
        {
            "Master" or "ControlPlane" => MachineRole.ControlPlane,
            "APIServer" => MachineRole.ApiServer,
            "Bastion" => MachineRole.Bastion,
            _ => MachineRole.Node,
        };
}
