using Kops.Resources.Values;

namespace Kops.Resources.Graphs;

/// <summary>
/// Resources and what they refer to, made small enough to look at: details are counted, links are lines, and what follows from other
/// lines is left out.
/// </summary>
/// <param name="Title">The cluster.</param>
/// <param name="Nodes">The boxes.</param>
/// <param name="Edges">The lines. They form no ring.</param>
public sealed record ResourceGraph(string Title, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges)
{
    /// <summary>The graph of a cluster's resources. The same resources always give the same graph.</summary>
    public static ResourceGraph Of(string title, CloudResources resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var draft = new GraphDraft(resources.Resources);
        draft.FoldDetails();
        draft.DrawLinks();
        return draft.Finish(title);
    }
}
