using Kops.Api.Clouds;

namespace Kops.Model.NewCluster;

/// <summary>The groups of worker nodes: one in each zone, or one that Karpenter fills.</summary>
internal static class NodeSetup
{
    public static void Apply(ClusterDraft draft)
    {
        if (draft.Flags.InstanceManager == "karpenter")
            Karpenter(draft);
        else if (
            draft.Request.Features.IsOn("AWSSingleNodesInstanceGroup")
            && draft.Cloud.Name == "aws"
            && draft.Flags.SubnetIds is null or []
        )
            OneGroup(draft);
        else
            GroupPerZone(draft);
    }

    private static void GroupPerZone(ClusterDraft draft)
    {
        var zones = draft.Zones;
        var count = draft.Flags.NodeCount is { } given and not 0 ? given : zones.Count;
        for (var i = 0; i < zones.Count; i++)
        {
            Groups.Add(
                draft,
                "nodes-" + zones[i],
                MachineRole.Node,
                Groups.Share(count, zones.Count, i),
                zones[i],
                NodeSubnets(draft, zones[i]),
                draft.Flags.NodeSizes
            );
        }
    }

    private static void OneGroup(ClusterDraft draft)
    {
        var count = draft.Flags.NodeCount is { } given and not 0 ? given : 1;
        Groups.Add(
            draft,
            "nodes",
            MachineRole.Node,
            count,
            null,
            draft.Zones.SelectMany(zone => draft.SubnetsOfZone[zone].Skip(1)),
            draft.Flags.NodeSizes
        );
    }

    private static void Karpenter(ClusterDraft draft)
    {
        draft.Spec.EnsureKarpenter().Enabled = true;
        var group = Groups.Add(draft, "nodes", MachineRole.Node, null, null, [], draft.Flags.NodeSizes);
        group.Spec.Manager = "Karpenter";
        group.Spec.MinSize = draft.Flags.NodeCount is { } count and not 0 ? count : null;
    }

    // The main subnet of a zone may be smaller than the further ones, which are for nodes then.
    private static IEnumerable<string> NodeSubnets(ClusterDraft draft, string zone) =>
        draft.SubnetsOfZone[zone] is { Count: > 1 } several ? several.Skip(1) : draft.SubnetsOfZone[zone];
}
