using Kops.Api.Documents;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>How machines run containers: the cluster's settings with the group's on top.</summary>
internal static class ContainerParts
{
    private const string NvidiaDriver = "nvidia-driver-535-server";

    public static MappingNode? Containerd(GroupContext group)
    {
        if (Merged(group, "containerd") is not { } merged)
            return null;
        if (group.Spec.Containerd?.Gvisor is null)
            merged.Remove("gvisor");
        return merged;
    }

    public static MappingNode? NvidiaGpu(GroupContext group)
    {
        if (Merged(group, "containerd", "nvidiaGPU") is not { } merged)
            return null;
        if (Tree.TextAt(merged, "package") is not { Length: > 0 })
            merged["package"] = ScalarNode.Of(NvidiaDriver);
        return merged;
    }

    public static MappingNode? GVisor(GroupContext group) => Tree.Copy(group.Internal, "containerd", "gvisor") as MappingNode;

    private static MappingNode? Merged(GroupContext group, params ReadOnlySpan<string> path)
    {
        var merged = Tree.Copy(group.Cluster.Internal, path) as MappingNode;
        if (Tree.Find(group.Internal, path) is not MappingNode own)
            return merged;
        merged ??= new MappingNode();
        JsonMerge.Lay(own, merged);
        return merged;
    }
}
