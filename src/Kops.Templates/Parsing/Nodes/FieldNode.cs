namespace Kops.Templates.Parsing.Nodes;

/// <summary>Fields of the dot: <c>.A.B</c>.</summary>
internal sealed class FieldNode(int position, string[] names) : Node(NodeKind.Field, position)
{
    public string[] Names { get; } = names;
}
