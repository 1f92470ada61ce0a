namespace Kops.Templates.Parsing.Nodes;

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class JumpNode(NodeKind kind, int position) : Node(kind, position);
