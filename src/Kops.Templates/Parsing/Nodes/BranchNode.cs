namespace Kops.Templates.Parsing.Nodes;

/// <summary>What <c>if</c>, <c>with</c> and <c>range</c> have in common.</summary>
internal sealed class BranchNode(NodeKind kind, PipeNode pipe, ListNode list, ListNode? elseList) : Node(kind, pipe.Position)
{
    public PipeNode Pipe { get; } = pipe;

    public ListNode List { get; } = list;

    public ListNode? ElseList { get; } = elseList;
}
