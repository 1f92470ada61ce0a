namespace Kops.Templates.Parsing.Nodes;

/// <summary><c>nil</c>.</summary>
internal sealed class NilNode(int position) : Node(NodeKind.Nil, position);
