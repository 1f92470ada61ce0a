using Kops.Api.Clouds;

namespace Kops.Resources.Aws.Core;

/// <summary>How each role of a machine is called, where and for whom.</summary>
internal static class Roles
{
    /// <summary>In the names of roles and security groups.</summary>
    public static string Plural(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => "masters",
            MachineRole.ApiServer => "apiservers",
            MachineRole.Bastion => "bastions",
            _ => "nodes",
        };

    /// <summary>In tags; the first also in outputs.</summary>
    public static IReadOnlyList<string> Tags(MachineRole role) =>
        role switch
        {
            MachineRole.ControlPlane => ["master", "control-plane"],
            MachineRole.ApiServer => ["apiserver"],
            MachineRole.Bastion => ["bastion"],
            _ => ["node"],
        };
}
