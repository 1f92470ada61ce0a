namespace Kops.Templates.Parsing.Nodes;

/// <summary>A function, method, field or value, and the arguments behind it.</summary>
internal sealed class CommandNode(int position, Node[] words) : Node(NodeKind.Command, position)
{
    /// <summary>What is called or taken, then its arguments.</summary>
    public Node[] Words { get; } = words;
}
