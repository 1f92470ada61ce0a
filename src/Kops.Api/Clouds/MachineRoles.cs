namespace Kops.Api.Clouds;

/// <summary>The roles of instance groups.</summary>
public static class MachineRoles
{
    /// <summary>The role of a group, which v1alpha2 may call <c>Master</c>. A group without one is of nodes.</summary>
    public static MachineRole Of(InstanceGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Spec.Role switch
        {
            "Master" or "ControlPlane" => MachineRole.ControlPlane,
            "APIServer" => MachineRole.ApiServer,
            "Bastion" => MachineRole.Bastion,
            _ => MachineRole.Node,
        };
    }
}
