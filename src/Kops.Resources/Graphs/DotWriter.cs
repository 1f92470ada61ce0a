using System.Text;

namespace Kops.Resources.Graphs;

/// <summary>A graph in the language of Graphviz.</summary>
public static class DotWriter
{
    /// <summary>The text; ends in a line break.</summary>
    public static string Write(ResourceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder($"digraph {Quote(graph.Title)} {{\n")
            .Append("  rankdir=RL\n")
            .Append($"  node [shape=box style=filled fontname=\"sans-serif\" fontsize=11 fontcolor=\"{GraphColours.Text}\"]\n")
            .Append($"  edge [color=\"{GraphColours.Line}\"]\n");
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            var node = graph.Nodes[i];
            var (kind, name) = (GraphLabels.Kind(node), GraphLabels.Name(node, graph.Title));
            var label = name.Length > 0 ? $"{kind}\n{name}" : kind;
            var style = node.IsShared ? " style=\"filled,dashed\"" : string.Empty;
            text.Append(
                $"  n{i} [label={Quote(label)} fillcolor=\"{GraphColours.Fill(node)}\" color=\"{GraphColours.Border(node)}\"{style}]\n"
            );
        }

        foreach (var edge in graph.Edges)
            text.Append($"  n{edge.From} -> n{edge.To}\n");
        return text.Append("}\n").ToString();
    }

    private static string Quote(string text) =>
        "\""
        + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
        + "\"";
}
