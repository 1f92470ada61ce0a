using Kops.Api.Documents;
using Kops.Api.Views;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>What users add to machines, of a cluster or of a group: hooks, files, packages, kernel parameters.</summary>
internal static class UserParts
{
    /// <summary>Hooks, the group's and the cluster's. Both lists are there even when they are empty.</summary>
    public static SequenceNode Hooks(GroupContext group) =>
        Tree.List(
            Sources(group)
                .Select(source => (Node)(ForRole(group, source, "hooks") is { Count: > 0 } hooks ? Tree.List(hooks) : ScalarNode.Null()))
        );

    /// <summary>Files, the group's first.</summary>
    public static IEnumerable<Node> Files(GroupContext group) => Sources(group).SelectMany(source => ForRole(group, source, "fileAssets"));

    /// <summary>Packages, the cluster's first.</summary>
    public static SequenceNode? Packages(GroupContext group) => Tree.Some(group.Cluster.Spec.Packages.Concat(group.Spec.Packages));

    /// <summary>Kernel parameters, the group's first; where each comes from stands before it, as a comment.</summary>
    public static SequenceNode? SysctlParameters(GroupContext group) =>
        Tree.Some(Block("instance group", group.Spec.SysctlParameters).Concat(Block("cluster", group.Cluster.Spec.SysctlParameters)));

    private static IEnumerable<string> Block(string origin, ListView<string> parameters) =>
        parameters.Count == 0 ? [] : [$"# Custom sysctl parameters from {origin} spec", string.Empty, .. parameters];

    private static MappingNode[] Sources(GroupContext group) => [group.Internal, group.Cluster.Internal];

    // What names no role is for all. Which it is for does not matter any more on the machine.
    private static List<Node> ForRole(GroupContext group, MappingNode source, string field)
    {
        var found = new List<Node>();
        foreach (var item in (Tree.Find(source, field) as SequenceNode ?? []).OfType<MappingNode>())
        {
            if (item["roles"] is SequenceNode { Count: > 0 } roles && roles.All(role => role.ToString() != RoleNames.Internal(group.Role)))
                continue;
            var copy = (MappingNode)item.Clone();
            copy.Remove("roles");
            found.Add(copy);
        }

        return found;
    }
}
