namespace Kops.Model.Completion.Machines;

/// <summary>Labels and taints by which pods find machines with a graphics processor, or with gVisor.</summary>
internal static class HardwareLabels
{
    private const string Gpu = "nvidia.com/gpu";

    public static void Apply(GroupContext context)
    {
        var spec = context.Spec;
        if (spec.Containerd?.Gvisor is { Enabled: true })
            spec.NodeLabels["kops.k8s.io/gvisor"] = "1";
        if (!HasGpu(context))
            return;
        spec.NodeLabels["kops.k8s.io/gpu"] = "1";
        if (!spec.Taints.Any(taint => taint.StartsWith(Gpu, StringComparison.Ordinal)))
            spec.Taints.Add(Gpu + ":NoSchedule");
    }

    private static bool HasGpu(GroupContext context)
    {
        var isGroups = context.Spec.Containerd?.NvidiaGPU is { Enabled: true };
        var isClusters = context.Cluster.Containerd?.NvidiaGPU is { Enabled: true };
        return context.Cloud.Name switch
        {
            "aws" => (isGroups || isClusters) && context.Spec.MachineType is { } type && context.Cloud.HasGpu(type),
            "openstack" => isGroups,
            _ => false,
        };
    }
}
