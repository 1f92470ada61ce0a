using Kops.Api.Clouds;

namespace Kops.Build.Nodes;

/// <summary>What roles are called.</summary>
public static class RoleNames
{
    /// <summary>By kOps' internal types: <c>ControlPlane</c>, <c>APIServer</c>.</summary>
    public static string Internal(MachineRole role) => role == MachineRole.ApiServer ? "APIServer" : role.ToString();

    /// <summary>The directory of the role's groups below <c>igconfig/</c>.</summary>
    public static string Directory(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => "control-plane",
            MachineRole.ApiServer => "apiserver",
            MachineRole.Bastion => "bastion",
            _ => "node",
        };
}
