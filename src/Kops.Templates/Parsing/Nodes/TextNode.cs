namespace Kops.Templates.Parsing.Nodes;

/// <summary>Text that is written as it is.</summary>
internal sealed class TextNode(string text, int position) : Node(NodeKind.Text, position)
{
    public string Text { get; } = text;
}
