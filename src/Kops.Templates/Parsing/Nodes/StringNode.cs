namespace Kops.Templates.Parsing.Nodes;

/// <summary>A text in quotes.</summary>
internal sealed class StringNode(int position, string quoted, string text) : Node(NodeKind.String, position)
{
    public string Quoted { get; } = quoted;

    public string Text { get; } = text;
}
