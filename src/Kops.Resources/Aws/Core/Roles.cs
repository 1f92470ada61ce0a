using Kops.Api.Clouds;

namespace Kops.Resources.Aws.Core;

/// <summary>How each role of a machine is called, where and for whom.</summary>
internal static class Roles
{
    private const string ApiServerLabel = "node-role.kubernetes.io/api-server";

    /// <summary>The role that a group's field names.</summary>
    public static MachineRole Of(string? field) =>
        field switch
        {
            "Master" or "ControlPlane" => MachineRole.ControlPlane,
            "APIServer" => MachineRole.ApiServer,
            "Bastion" => MachineRole.Bastion,
            _ => MachineRole.Node,
        };

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

    /// <summary>As labels of nodes, all without a value.</summary>
    public static IReadOnlyList<string> Labels(MachineRole role, bool hasApiServerNodes) =>
        role switch
        {
            MachineRole.ControlPlane =>
            [
                "node-role.kubernetes.io/control-plane",
                "kops.k8s.io/kops-controller-pki",
                "node.kubernetes.io/exclude-from-external-load-balancers",
                .. hasApiServerNodes ? [ApiServerLabel] : Array.Empty<string>(),
            ],
            MachineRole.ApiServer => [ApiServerLabel],
            MachineRole.Bastion => [],
            _ => ["node-role.kubernetes.io/node"],
        };
}
