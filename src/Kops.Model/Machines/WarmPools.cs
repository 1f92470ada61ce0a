using Kops.Api;
using Kops.Api.Clouds;
using Kops.Api.Documents;

namespace Kops.Model.Machines;

/// <summary>Machines that are started in advance, and wait until they are needed (AWS).</summary>
public static class WarmPools
{
    /// <summary>
    /// The warm pool of a group: what the group leaves open, the cluster says; but for control planes and bastions. Null when it has none.
    /// </summary>
    public static WarmPoolSpec? Of(ClusterSpec cluster, InstanceGroup group)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(group);
        var shared = MachineRoles.Of(group) is MachineRole.ControlPlane or MachineRole.Bastion ? null : cluster.WarmPool;
        if (group.Spec.WarmPool is not { } own)
            return shared is { MaxSize: 0 } ? null : shared;
        var merged = WarmPoolSpec.Of((MappingNode)own.Node.Clone());
        merged.MaxSize ??= shared?.MaxSize;
        // What is zero or false is not said.
        if (merged.MinSize is null or 0)
            merged.MinSize = shared?.MinSize;
        merged.LifecycleHookTimeout ??= shared?.LifecycleHookTimeout;
        if (merged.EnableLifecycleHook != true)
            merged.EnableLifecycleHook = shared?.EnableLifecycleHook;
        return merged.MaxSize == 0 ? null : merged;
    }
}
