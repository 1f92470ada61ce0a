using Kops.Api.Clouds;

namespace Kops.Resources.Requests;

/// <summary>What the machines of an instance group are for, and how nodes say so: the same on each cloud.</summary>
internal static class NodeRoles
{
    /// <summary>The role that a group's field names.</summary>
    public static MachineRole Of(string? field) =>
        field switch
        {
            "Master" or "ControlPlane" => MachineRole.ControlPlane,
            "APIServer" => MachineRole.ApiServer,
            "Bastion" => MachineRole.Bastion,
            _ => MachineRole.Node,
        };

    /// <summary>As v1alpha3 writes it in a group's field.</summary>
    public static string Field(MachineRole role) => role == MachineRole.ApiServer ? "APIServer" : role.ToString();
}
