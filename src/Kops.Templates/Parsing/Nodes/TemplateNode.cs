namespace Kops.Templates.Parsing.Nodes;

/// <summary>The execution of a named template with the value of a pipeline as its dot.</summary>
internal sealed class TemplateNode(int position, string name, PipeNode? pipe) : Node(NodeKind.Template, position)
{
    public string Name { get; } = name;

    public PipeNode? Pipe { get; } = pipe;
}
