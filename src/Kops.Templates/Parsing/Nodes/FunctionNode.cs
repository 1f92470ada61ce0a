using Kops.Templates.Values;

namespace Kops.Templates.Parsing.Nodes;

/// <summary>The name of a function, and the function.</summary>
internal sealed class FunctionNode(int position, string name, TemplateFunction function) : Node(NodeKind.Function, position)
{
    public string Name { get; } = name;

    public TemplateFunction Function { get; } = function;
}
