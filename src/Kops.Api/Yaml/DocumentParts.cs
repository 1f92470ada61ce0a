namespace Kops.Api.Yaml;

/// <summary>
/// Cuts a text into its documents, before anything is parsed: <c>---</c> and <c>...</c> at the start of a line can be nothing else
/// than markers, whatever they stand in.
/// </summary>
internal static class DocumentParts
{
    public static List<DocumentPart> Of(ReadOnlySpan<byte> text)
    {
        var parts = new List<DocumentPart>(1);
        var (start, startLine) = (0, 1);
        var (content, contentLine, isBare) = (0, 1, true);
        for (int position = 0, line = 1; NextMarker(text, ref position, ref line); )
        {
            var isStart = text[position] == '-';
            // Directives belong to the document whose marker ends them.
            var isDirectives = isStart && isBare && StartsWithDirective(text[content..position]);
            if (!isDirectives)
            {
                parts.Add(new(start..position, content..position, startLine, contentLine, isBare));
                (start, startLine) = (position, line);
            }

            var length = text[position..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : position + length + 1;
            isBare = !isDirectives && IsBlank(text[(position + 3)..end]);
            position = content = end;
            contentLine = ++line;
            if (isStart)
                continue;
            // What follows "..." starts afresh.
            (start, startLine) = (content, contentLine);
            isBare = true;
        }

        parts.Add(new(start..text.Length, content..text.Length, startLine, contentLine, isBare));
        return parts;
    }

    private static bool NextMarker(ReadOnlySpan<byte> text, ref int position, ref int line)
    {
        for (var isFirst = position == 0 || text[position - 1] == '\n'; ; isFirst = false)
        {
            var rest = text[position..];
            if (isFirst && IsMarker(rest))
                return true;
            var dash = rest.IndexOf("\n---"u8);
            var dots = (dash < 0 ? rest : rest[..(dash + 1)]).IndexOf("\n..."u8);
            var next = dots >= 0 ? dots : dash;
            if (next < 0)
                return false;
            line += rest[..(next + 1)].Count((byte)'\n');
            position += next + 1;
            if (IsMarker(text[position..]))
                return true;
        }
    }

    private static bool IsMarker(ReadOnlySpan<byte> text) =>
        (text.StartsWith("---"u8) || text.StartsWith("..."u8))
        && (text.Length == 3 || text[3] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t\r\n"u8);
        return line.Length == 0 || line[0] == '#';
    }

    private static bool StartsWithDirective(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            var end = text.IndexOf((byte)'\n');
            if (text[0] == '%')
                return true;
            if (!IsBlank(end < 0 ? text : text[..end]) || end < 0)
                return false;
            text = text[(end + 1)..];
        }

        return false;
    }
}
