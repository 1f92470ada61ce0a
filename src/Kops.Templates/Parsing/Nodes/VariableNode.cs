namespace Kops.Templates.Parsing.Nodes;

/// <summary>A variable, and fields of it: <c>$x.A.B</c>.</summary>
/// <param name="position">Where it stands.</param>
/// <param name="name">Its name with the dollar sign.</param>
/// <param name="slot">Its place among the variables of the template; -1 for one that is used before it is declared.</param>
/// <param name="names">The fields.</param>
internal sealed class VariableNode(int position, string name, int slot, string[] names) : Node(NodeKind.Variable, position)
{
    public string Name { get; } = name;

    public int Slot { get; } = slot;

    public string[] Names { get; } = names;
}
