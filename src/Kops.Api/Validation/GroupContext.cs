namespace Kops.Api.Validation;

/// <summary>An instance group as rules see it, with its cluster where that is known.</summary>
internal sealed class GroupContext
{
    public GroupContext(InstanceGroup group, ClusterContext? cluster, List<Problem> problems)
    {
        Cluster = cluster;
        Root = Field.Root(new Report(problems, $"InstanceGroup {group.Metadata.Name}"), group.Node, group.Type);
        Spec = Root["spec"];
    }

    public ClusterContext? Cluster { get; }

    public Field Root { get; }

    public Field Spec { get; }

    public string Name => Root["metadata"]["name"].Text ?? string.Empty;

    public bool IsControlPlane => Spec["role"].Text is "Master" or "ControlPlane";

    public bool IsNode => Spec["role"].Text == "Node";

    public bool IsApiServer => Spec["role"].Text == "APIServer";

    public bool IsKarpenter => Spec["manager"].Text == "Karpenter";
}
