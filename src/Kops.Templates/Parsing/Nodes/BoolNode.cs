namespace Kops.Templates.Parsing.Nodes;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BoolNode(int position, bool value) : Node(NodeKind.Bool, position)
{
    public bool Value { get; } = value;
}
