namespace Kops.Templates.Parsing.Nodes;

/// <summary>A number or a character: which kinds of numbers can hold it, and its value in each.</summary>
internal sealed class NumberNode(int position, NumberConstant constant) : Node(NodeKind.Number, position)
{
    public NumberConstant Constant { get; } = constant;
}
