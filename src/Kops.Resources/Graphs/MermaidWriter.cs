using System.Text;

namespace Kops.Resources.Graphs;

/// <summary>A graph in the language of Mermaid, which pages of code draw.</summary>
public static class MermaidWriter
{
    /// <summary>The text; ends in a line break.</summary>
    public static string Write(ResourceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder("flowchart RL\n");
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            var (kind, name) = (GraphLabels.Kind(node), GraphLabels.Name(node, graph.Title));
            text.Append($"  n{i}[\"{Escape(kind)}{(name.Length > 0 ? "<br/>" + Escape(name) : string.Empty)}\"]:::{Class(node)}\n");
        }

        foreach (var edge in graph.Edges)
            text.Append($"  n{edge.From} --> n{edge.To}\n");
        foreach (var node in graph.Nodes.DistinctBy(Class))
        {
            var dashes = node.IsShared ? ",stroke-dasharray:5 4" : string.Empty;
            var colours = $"fill:{GraphColours.Fill(node)},stroke:{GraphColours.Border(node)},color:{GraphColours.Text}";
            text.Append($"  classDef {Class(node)} {colours}{dashes}\n");
        }

        return text.ToString();
    }

    private static string Class(GraphNode node) => node.IsShared ? "shared" : node.Kind.Phase.ToString().ToLowerInvariant();

    // What Mermaid would take for its own is written by its number.
    private static string Escape(string text) =>
        string.Concat(
            text.Select(character => "\"#;<>&".Contains(character, StringComparison.Ordinal) ? $"#{(int)character};" : character.ToString())
        );
}
