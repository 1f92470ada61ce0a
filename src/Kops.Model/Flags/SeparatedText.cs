using System.Text;

namespace Kops.Model.Flags;

/// <summary>
/// One line of separated values with quoting, as Go's <c>encoding/csv </c> reads it: pflag lists and cloud labels are written so.
/// </summary>
internal static class SeparatedText
{
    /// <summary>The fields of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="isLazy">Whether misplaced quotes are plain characters.</param>
    /// <param name="trimsStart">Whether blanks at the beginning of a field are dropped.</param>
    /// <exception cref="FormatException">A quote that is misplaced or never closed.</exception>
    public static List<string> Split(string line, char separator, bool isLazy = false, bool trimsStart = false)
    {
        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            while (trimsStart && at < line.Length && char.IsWhiteSpace(line[at]))
                at++;
            fields.Add(
                at < line.Length && line[at] == '"' ? Quoted(line, separator, isLazy, ref at) : Plain(line, separator, isLazy, ref at)
            );
            if (at >= line.Length)
                return fields;
            at++; // the separator
            if (at < line.Length)
                continue;
            fields.Add(string.Empty);
            return fields;
        }
    }

    private static string Plain(string line, char separator, bool isLazy, ref int at)
    {
        var end = line.IndexOf(separator, at);
        if (end < 0)
            end = line.Length;
        var field = line[at..end];
        if (!isLazy && field.Contains('"', StringComparison.Ordinal))
            throw new FormatException("a quote stands inside a value that does not begin with one");
        at = end;
        return field;
    }

    private static string Quoted(string line, char separator, bool isLazy, ref int at)
    {
        var field = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                field.Append(line[at]);
            }
            else if (at + 1 == line.Length || line[at + 1] == separator)
            {
                at++;
                return field.ToString();
            }
            else if (line[at + 1] == '"')
            {
                field.Append('"');
                at++;
            }
            else if (isLazy)
            {
                field.Append('"');
            }
            else
            {
                throw new FormatException("a closing quote is not followed by a separator");
            }
        }

        return isLazy ? field.ToString() : throw new FormatException("a quote is never closed");
    }
}
