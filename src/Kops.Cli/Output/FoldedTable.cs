using System.Buffers;

namespace Kops.Cli.Output;

/// <summary>A table whose columns are as narrow as a terminal wants it: cells go on below themselves.</summary>
internal static class FoldedTable
{
    private const int Gap = 2;

    // Narrower columns cannot be read any more.
    private const int Narrowest = 8;

    private static readonly SearchValues<char> s_marks = SearchValues.Create(",/ .-:");

    /// <summary>Writes a table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rows">The rows, the first one with the columns' names.</param>
    /// <param name="width">How many characters a line holds.</param>
    public static void Write(TextWriter output, string[][] rows, int width)
    {
        var widths = Widths(rows, width);
        foreach (var row in rows)
        {
            var cells = row.Zip(widths, Fold).ToArray();
            for (var line = 0; line < cells.Max(cell => cell.Count); line++)
            {
                var texts = cells.Zip(widths, (cell, columns) => Filled(line < cell.Count ? cell[line] : string.Empty, columns));
                output.WriteLine(string.Join(new string(' ', Gap), texts).TrimEnd());
            }
        }
    }

    private static int[] Widths(string[][] rows, int width)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => TextTable.Width(row[column])))];
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width && widths.Max() > Narrowest)
            widths[Array.IndexOf(widths, widths.Max())]--;
        return widths;
    }

    private static string Filled(string text, int width) => text + new string(' ', Math.Max(0, width - TextTable.Width(text)));

    /// <summary>The lines of a cell, broken behind the marks between its parts where there are any.</summary>
    private static List<string> Fold(string text, int width)
    {
        var lines = new List<string>();
        while (TextTable.Width(text) > width)
        {
            var line = text.AsSpan(0, width);
            var mark = line.LastIndexOf(' ') is var blank && blank >= width / 2 ? blank : line.LastIndexOfAny(s_marks);
            var end =
                mark >= width / 2 ? mark + 1
                : char.IsLowSurrogate(text[width]) ? width - 1
                : width;
            lines.Add(text[..end].TrimEnd());
            text = text[end..];
        }

        lines.Add(text);
        return lines;
    }
}
