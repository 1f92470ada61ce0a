using Kops.Templates.Values;

namespace Kops.Templates.Formatting;

/// <summary>Go's <c>fmt.Sprint</c> and <c>fmt.Sprintln</c>.</summary>
internal static class Sprint
{
    /// <summary>One after the other, with a space between two of which neither is a text.</summary>
    public static void Print(TextBuffer output, ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0 && !values[i].IsString && !values[i - 1].IsString)
                output.Append(' ');
            ValuePrinter.Print(output, values[i]);
        }
    }

    /// <summary>One after the other, always with a space between, and a line break at the end.</summary>
    public static void PrintLine(TextBuffer output, ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                output.Append(' ');
            ValuePrinter.Print(output, values[i]);
        }

        output.Append('\n');
    }
}
