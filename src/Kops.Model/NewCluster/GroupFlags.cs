using Kops.Api;
using Kops.Api.Clouds;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>Flags that set one field of every group of a role: the same for a new cluster and for one that exists.</summary>
internal static class GroupFlags
{
    public static void Apply(ClusterFlags flags, InstanceGroup group)
    {
        if (flags.AssociatePublicIp is { } isPublic)
            group.Spec.AssociatePublicIp = isPublic;
        switch (Groups.RoleOf(group))
        {
            case MachineRole.ControlPlane:
                Apply(
                    group,
                    flags.ControlPlaneTenancy,
                    flags.ControlPlaneSecurityGroups,
                    flags.ControlPlaneVolumeSize,
                    flags.ControlPlaneVolumeType
                );
                break;
            case MachineRole.Node:
                Apply(group, flags.NodeTenancy, flags.NodeSecurityGroups, flags.NodeVolumeSize, flags.NodeVolumeType);
                break;
        }
    }

    private static void Apply(
        InstanceGroup group,
        string? tenancy,
        IReadOnlyList<string>? securityGroups,
        int? volumeSize,
        string? volumeType
    )
    {
        group.Spec.Tenancy = Given(tenancy) ?? group.Spec.Tenancy;
        if (securityGroups is { Count: > 0 })
            group.Spec.AdditionalSecurityGroups.Set(securityGroups);
        if (volumeSize is { } size and not 0)
            group.Spec.RootVolumeSize = size;
        group.Spec.RootVolumeType = Given(volumeType) ?? group.Spec.RootVolumeType;
    }
}
