using System.Text;
using Kops.Api.Values;
using Kops.Cli.Hosting;

namespace Kops.Cli.Output;

/// <summary>
/// Tables as kOps prints them, to the byte: columns are filled with tabs up to the next stop (8 apart, at least one tab), rows are
/// sorted by their columns, the last column has no filling. On a terminal that is too narrow for that they are folded.
/// </summary>
internal static class TextTable
{
    private const int TabWidth = 8;

    /// <summary>Writes a table as kOps does, rows sorted.</summary>
    public static void Write(KopsConsole console, IReadOnlyList<string> columns, IEnumerable<string[]> rows) =>
        WriteInOrder(console, columns, rows.Order(Comparer<string[]>.Create(Compare)));

    /// <summary>Writes a table with its rows as they come.</summary>
    public static void WriteInOrder(KopsConsole console, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        string[][] all =
        [
            [.. columns],
            .. rows.Select(row => (string[])[.. row.Select(PlainText.Of)]),
        ];
        if (console.IsOutputTerminal && Length(all) > console.OutputWidth())
        {
            FoldedTable.Write(console.Out, all, console.OutputWidth());
            return;
        }

        var widths = columns.Select((_, column) => (all.Max(row => Width(row[column])) + TabWidth) / TabWidth * TabWidth).ToArray();
        var line = new StringBuilder();
        foreach (var row in all)
        {
            line.Clear();
            for (var column = 0; column < row.Length; column++)
            {
                line.Append(row[column]);
                if (column < row.Length - 1)
                    line.Append('\t', (widths[column] - Width(row[column]) + TabWidth - 1) / TabWidth);
            }

            console.Out.WriteLine(line);
        }
    }

    /// <summary>The length of the longest line, with all that fills it.</summary>
    private static int Length(string[][] rows)
    {
        var length = 0;
        for (var column = 0; column < rows[0].Length - 1; column++)
            length += (rows.Max(row => Width(row[column])) + TabWidth) / TabWidth * TabWidth;
        return length + rows.Max(row => Width(row[^1]));
    }

    /// <summary>How many places a text takes.</summary>
    public static int Width(string text) => text.EnumerateRunes().Count();

    private static int Compare(string[] left, string[] right)
    {
        foreach (var (a, b) in left.Zip(right))
        {
            if (string.CompareOrdinal(a, b) is var order and not 0)
                return order;
        }

        return 0;
    }
}
