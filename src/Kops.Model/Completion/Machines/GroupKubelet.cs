using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.Completion.Machines;

/// <summary>
/// The kubelet of a group's machines: the cluster's for their role, the group's own on top, with all labels and taints.
/// </summary>
internal static class GroupKubelet
{
    public static void Apply(GroupContext context, FeatureFlags features)
    {
        var isControlPlane = context.Role == MachineRole.ControlPlane;
        var nodes = context.Cluster.Kubelet;
        var source = isControlPlane ? context.Cluster.MasterKubelet : nodes;
        KubeletConfigSpec kubelet = new((MappingNode)(source?.Node.Clone() ?? new MappingNode()));
        // Nobody asks a kubelet without a name: on the control plane once the nodes say so, and anywhere for who would let them.
        if (kubelet.AnonymousAuth == true || (isControlPlane && nodes?.AnonymousAuth == false))
            kubelet.AnonymousAuth = false;
        var ofCluster = kubelet.Taints.ToList();
        if (context.Spec.Kubelet is { } own)
            JsonMerge.Lay(own.Node, kubelet.Node);
        foreach (var (name, value) in RoleLabels(context.Role, features).Concat(context.Spec.NodeLabels))
            kubelet.NodeLabels[name] = value;
        kubelet.Taints.Set(
            Enumerable
                .Concat(ofCluster, nodes?.Taints ?? Enumerable.Empty<string>())
                .Concat(context.Spec.Taints)
                .Concat(context.Spec.Kubelet?.Taints ?? Enumerable.Empty<string>())
                .Concat(RoleTaints(context))
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        context.Spec.Kubelet = kubelet;
    }

    private static IEnumerable<KeyValuePair<string, string>> RoleLabels(MachineRole role, FeatureFlags features)
    {
        string[] names = role switch
        {
            MachineRole.Node => ["node-role.kubernetes.io/node"],
            MachineRole.ApiServer => ["node-role.kubernetes.io/api-server"],
            MachineRole.ControlPlane =>
            [
                "node-role.kubernetes.io/control-plane",
                "kops.k8s.io/kops-controller-pki",
                "node.kubernetes.io/exclude-from-external-load-balancers",
                .. features.IsOn("APIServerNodes") ? ["node-role.kubernetes.io/api-server"] : Array.Empty<string>(),
            ],
            _ => [],
        };
        return names.Select(name => KeyValuePair.Create(name, string.Empty));
    }

    private static IEnumerable<string> RoleTaints(GroupContext context)
    {
        if (context.Role == MachineRole.ControlPlane)
            yield return "node-role.kubernetes.io/control-plane=:NoSchedule";
        if (context.Role == MachineRole.ApiServer)
            yield return "node-role.kubernetes.io/api-server=:NoSchedule";
        if (context.IsKarpenters)
            yield return "karpenter.sh/unregistered=:NoExecute";
    }
}
