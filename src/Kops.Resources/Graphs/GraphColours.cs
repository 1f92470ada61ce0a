using Kops.Resources.Values;

namespace Kops.Resources.Graphs;

/// <summary>The colours of boxes. What the user brought along is told by its dashed border too, for those who see no colours.</summary>
internal static class GraphColours
{
    public const string Line = "#8793a6";
    public const string Text = "#1d2733";
    public const string Shared = "#6b7480";

    public static string Fill(GraphNode node) =>
        node.IsShared ? "#ffffff"
        : node.Kind.Phase == Phase.Network ? "#dcebfb"
        : node.Kind.Phase == Phase.Security ? "#fbeed2"
        : "#dff3e4";

    public static string Border(GraphNode node) =>
        node.IsShared ? Shared
        : node.Kind.Phase == Phase.Network ? "#4a86c5"
        : node.Kind.Phase == Phase.Security ? "#c08a1e"
        : "#3f9a5a";
}
