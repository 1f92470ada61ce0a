namespace Kops.Templates.Parsing.Nodes;

/// <summary>The dot alone.</summary>
internal sealed class DotNode(int position) : Node(NodeKind.Dot, position);
