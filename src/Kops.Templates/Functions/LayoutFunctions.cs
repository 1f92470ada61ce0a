using Kops.Templates.Formatting;
using Kops.Templates.Values;
using static Kops.Templates.Values.ParameterType;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions that lay a text out: indent, wrap, abbreviate.</summary>
internal static class LayoutFunctions
{
    private const ParameterType Str = ParameterType.Text;
    private const string Ellipsis = "...";

    public static void AddTo(FunctionTable table)
    {
        table.Add("indent", [Int, Str], a => Text.Write(a.Scope, Indent(a.Integer(0), a.Text(1), string.Empty)));
        table.Add("nindent", [Int, Str], a => Text.Write(a.Scope, Indent(a.Integer(0), a.Text(1), "\n")));
        table.Add("abbrev", [Int, Str], a => Abbreviate(a.Text(1), 0, a.Integer(0)));
        table.Add("abbrevboth", [Int, Int, Str], a => Both(a.Text(2), a.Integer(0), a.Integer(1)));
        table.Add("wrap", [Int, Str], a => Text.Write(a.Scope, Wrap(a.Text(1), a.Integer(0), "\n", cutsWords: false)));
        table.Add("wrapWith", [Int, Str, Str], a => Text.Write(a.Scope, Wrap(a.Text(2), a.Integer(0), a.Text(1), cutsWords: true)));
    }

    // Every line, empty ones too.
    private static Action<TextBuffer> Indent(long count, string text, string before)
    {
        if (count < 0)
            throw new Faults.FunctionException("strings: negative Repeat count");
        return buffer =>
        {
            buffer.Append(before);
            var isFirst = true;
            foreach (var line in text.AsSpan().Split('\n'))
            {
                if (!isFirst)
                    buffer.Append('\n');
                isFirst = false;
                buffer.Append(' ', count);
                buffer.Append(text.AsSpan()[line]);
            }
        };
    }

    private static string Both(string text, long left, long right) =>
        right < 4 || (left > 0 && right < 7) ? text : Abbreviate(text, left, right);

    private static string Abbreviate(string text, long offset, long width)
    {
        var length = ByteText.Length(text);
        if (width < 4 || length <= width)
            return text;
        var kept = width - Ellipsis.Length;
        offset = Math.Min(offset, length);
        if (length - offset < kept)
            offset = length - kept;
        if (offset <= 4)
            return ByteText.Slice(text, 0, kept) + Ellipsis;
        if (width < 7)
            return string.Empty;
        return offset + kept < length
            ? Ellipsis + Abbreviate(ByteText.Slice(text, offset, length), 0, kept)
            : Ellipsis + ByteText.Slice(text, length - kept, length);
    }

    // Breaks lines at spaces; spaces at a break are dropped, those at the end of a line stay.
    private static Action<TextBuffer> Wrap(string text, long width, string lineBreak, bool cutsWords) =>
        buffer =>
        {
            width = Math.Max(width, 1);
            lineBreak = lineBreak.Length == 0 ? "\n" : lineBreak;
            var rest = text.AsSpan();
            while (rest.Length > width)
            {
                if (rest[0] == ' ')
                {
                    rest = rest[1..];
                    continue;
                }

                var end = rest[..((int)width + 1)].LastIndexOf(' ');
                var skipped = 1;
                if (end < 0 && cutsWords)
                    (end, skipped) = ((int)width, 0);
                else if (end < 0)
                    end = rest[(int)width..].IndexOf(' ') is var further && further >= 0 ? further + (int)width : -1;
                if (end < 0)
                    break;
                buffer.Append(rest[..end]);
                buffer.Append(lineBreak);
                rest = rest[(end + skipped)..];
            }

            buffer.Append(rest);
        };
}
