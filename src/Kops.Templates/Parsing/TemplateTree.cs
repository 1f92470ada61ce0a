using System.Text;
using Kops.Templates.Lexing;
using Kops.Templates.Parsing.Nodes;

namespace Kops.Templates.Parsing;

/// <summary>A parsed template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The name of the text that it was parsed from; a definition has one of its own.</param>
/// <param name="Text">That text.</param>
/// <param name="Root">What it does.</param>
/// <param name="SlotCount">How many variables it needs at the same time.</param>
/// <param name="Delimiters">What opens and closes its actions.</param>
internal sealed record TemplateTree(string Name, string Source, string Text, ListNode Root, int SlotCount, Delimiters Delimiters)
{
    /// <summary>The line (from 1) and the column (from 0, in bytes of UTF-8) of a place in the text.</summary>
    public static (int Line, int Column) Locate(string text, int position)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        var lineStart = before.LastIndexOf('\n') + 1;
        return (before.Count('\n') + 1, Encoding.UTF8.GetByteCount(before[lineStart..]));
    }

    public override string ToString() => NodePrinter.Print(Root, Delimiters);
}
