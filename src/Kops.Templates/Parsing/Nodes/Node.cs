namespace Kops.Templates.Parsing.Nodes;

/// <summary>A part of a parsed template.</summary>
/// <param name="kind">Its kind.</param>
/// <param name="position">Where it starts in the text.</param>
internal abstract class Node(NodeKind kind, int position)
{
    public NodeKind Kind { get; } = kind;

    public int Position { get; } = position;

    /// <summary>Its source text in Go's form, as error messages show it.</summary>
    public override string ToString() => NodePrinter.Print(this, Lexing.Delimiters.Standard);
}
