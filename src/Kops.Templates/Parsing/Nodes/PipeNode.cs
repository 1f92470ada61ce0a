namespace Kops.Templates.Parsing.Nodes;

/// <summary>
/// Commands of which each gets the value of the one before as its last argument, and the variables that get the last value.
/// </summary>
internal sealed class PipeNode(int position, bool isAssignment, VariableNode[] variables, CommandNode[] commands)
    : Node(NodeKind.Pipe, position)
{
    /// <summary>Whether the variables are set (<c>=</c>), not declared (<c>:=</c>).</summary>
    public bool IsAssignment { get; } = isAssignment;

    public VariableNode[] Variables { get; } = variables;

    public CommandNode[] Commands { get; } = commands;
}
