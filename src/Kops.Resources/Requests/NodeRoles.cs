using Kops.Api.Clouds;

namespace Kops.Resources.Requests;

/// <summary>What the machines of an instance group are for, and how nodes say so: the same on each cloud.</summary>
internal static class NodeRoles
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

    /// <summary>As v1alpha3 writes it in a group's field.</summary>
    public static string Field(MachineRole role) => role == MachineRole.ApiServer ? "APIServer" : role.ToString();

    /// <summary>The labels that kOps gives nodes for their role, all without a value.</summary>
    /// <param name="role">The role.</param>
    /// <param name="hasApiServers">Whether there are nodes that serve the API alone, which the control plane then says, too.</param>
    public static IReadOnlyList<string> Labels(MachineRole role, bool hasApiServers = false) =>
        role switch
        {
            MachineRole.ControlPlane =>
            [
                "node-role.kubernetes.io/control-plane",
                "kops.k8s.io/kops-controller-pki",
                "node.kubernetes.io/exclude-from-external-load-balancers",
                .. hasApiServers ? [ApiServerLabel] : Array.Empty<string>(),
            ],
            MachineRole.ApiServer => [ApiServerLabel],
            MachineRole.Bastion => [],
            _ => ["node-role.kubernetes.io/node"],
        };
}
