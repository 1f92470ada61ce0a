namespace Kops.Templates.Parsing.Nodes;

/// <summary>Fields of the value of a pipeline or function: <c>(index .A 0).B</c>.</summary>
internal sealed class ChainNode(int position, Node target, string[] names) : Node(NodeKind.Chain, position)
{
    public Node Target { get; } = target;

    public string[] Names { get; } = names;
}
