namespace Kops.Templates.Parsing.Nodes;

/// <summary>A pipeline whose value is written, unless it declares or assigns.</summary>
internal sealed class ActionNode(PipeNode pipe, int position) : Node(NodeKind.Action, position)
{
    public PipeNode Pipe { get; } = pipe;
}
