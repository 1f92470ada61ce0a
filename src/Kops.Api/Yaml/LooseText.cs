using System.Text;

namespace Kops.Api.Yaml;

/// <summary>
/// A text made such that the library's parser understands it: that one refuses some of what go-yaml takes. Lines that go on with a flow
/// collection or a quoted scalar are indented, since go-yaml lets them stand anywhere; a literal block that begins with blank lines as long
/// as its indentation or longer is written in quotes. No line is added or taken away.
/// </summary>
internal sealed class LooseText
{
    // What a person indents by, at most: a text of nothing but blanks must not grow by itself.
    private const int WidestIndent = 255;
    private readonly string[] _lines;
    private readonly List<string> _made = [];
    private readonly HashSet<int> _shifted = [];
    private readonly int _shift;
    private int _flowDepth;
    private char _quote;
    private bool _isRewritten;

    private LooseText(string text)
    {
        _lines = text.Split('\n');
        _shift = _lines.Max(Indent) + 1;
    }

    /// <summary>The text.</summary>
    public string Text => string.Join('\n', _made);

    /// <summary>The text, made readable; null where there is nothing to do.</summary>
    public static LooseText? Of(string text)
    {
        var loose = new LooseText(text);
        if (loose._shift > WidestIndent)
            return null;
        while (loose._made.Count < loose._lines.Length)
            loose.Line();
        return loose._isRewritten ? loose : null;
    }

    /// <summary>The column in the user's text, from 1.</summary>
    public int Column(int line, int column) => _shifted.Contains(line) ? Math.Max(1, column - _shift) : column;

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static bool IsBlank(string line) => line.AsSpan().Trim(" \r").Length == 0;

    private void Line()
    {
        var line = _lines[_made.Count];
        var isContinued = _flowDepth > 0 || _quote != '\0';
        var header = Scan(line);
        if (header >= 0)
        {
            Block(line, header);
            return;
        }

        if (isContinued && !IsBlank(line))
        {
            _shifted.Add(_made.Count + 1);
            _isRewritten = true;
            line = new string(' ', _shift) + line;
        }

        _made.Add(line);
    }

    // Goes over a line, and knows then what the next one is in. Gives where the header of a block scalar stands, or -1.
    private int Scan(string line)
    {
        var isStart = true;
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            if (_quote != '\0')
            {
                if (letter == '\\' && _quote == '"')
                    i++;
                else if (letter == _quote && _quote == '\'' && i + 1 < line.Length && line[i + 1] == '\'')
                    i++;
                else if (letter == _quote)
                    (_quote, isStart) = ('\0', false);
                continue;
            }

            var isBlankBefore = i == 0 || line[i - 1] is ' ' or '\t';
            switch (letter)
            {
                case ' ' or '\t':
                    break;
                case '#' when isBlankBefore:
                    return -1;
                case '"' or '\'' when isStart:
                    _quote = letter;
                    break;
                case '[' or '{' when isStart || _flowDepth > 0:
                    (_flowDepth, isStart) = (_flowDepth + 1, true);
                    break;
                case ']' or '}' when _flowDepth > 0:
                    (_flowDepth, isStart) = (_flowDepth - 1, false);
                    break;
                case ',' when _flowDepth > 0:
                    isStart = true;
                    break;
                case ':' or '-' or '?' when i + 1 == line.Length || line[i + 1] is ' ' or '\t' or '\r':
                    isStart = letter == ':' || isStart;
                    break;
                // A tag or an anchor, which a value follows.
                case '!' or '&' when isStart:
                    while (i + 1 < line.Length && line[i + 1] is not (' ' or '\t'))
                        i++;
                    break;
                case '|' or '>' when isStart && _flowDepth == 0:
                    return i;
                default:
                    isStart = false;
                    break;
            }
        }

        return -1;
    }

    private void Block(string line, int header)
    {
        var parent = Parent(line[..header]);
        var first = _made.Count + 1;
        var end = first;
        while (end < _lines.Length && (IsBlank(_lines[end]) || Indent(_lines[end]) > parent))
            end++;
        var body = _lines[first..end];
        if (line[header] == '|' && Quoted(line[(header + 1)..], body, parent) is { } quoted)
        {
            _isRewritten = true;
            _made.Add(line[..header] + quoted);
            _made.AddRange(body.Select(_ => string.Empty));
        }
        else
        {
            _made.Add(line);
            _made.AddRange(body);
        }
    }

    // The column of the collection that the value is in: that of its key, else of its dash.
    private static int Parent(string before)
    {
        var column = Indent(before);
        var parent = before.Trim().Length == 0 ? -1 : column;
        while (column + 1 < before.Length && before[column] == '-' && before[column + 1] == ' ')
        {
            var next = column + 1 + Indent(before[(column + 1)..]);
            if (next >= before.Length || before[next..].Trim().Length == 0)
                break;
            parent = column = next;
        }

        return parent;
    }

    // The literal as a quoted scalar, where the parser would not read it; else null.
    private static string? Quoted(string header, string[] body, int parent)
    {
        var digit = header.FirstOrDefault(letter => letter is >= '1' and <= '9');
        var text = Array.FindIndex(body, line => !IsBlank(line));
        var widestBlank = body.Take(text < 0 ? body.Length : text).Select(line => line.TrimEnd('\r').Length).DefaultIfEmpty().Max();
        var indent =
            digit != '\0' ? Math.Max(parent, 0) + (digit - '0')
            : text >= 0 ? Indent(body[text])
            : widestBlank;
        // The parser stumbles over blank lines that are as long as the indentation, too.
        if (widestBlank < indent && text >= 0 || widestBlank == 0)
            return null;
        var lines = body.Select(line => line.TrimEnd('\r')).Select(line => line.Length <= indent ? string.Empty : line[indent..]).ToList();
        var content = string.Join('\n', lines);
        content = header.TrimEnd() switch
        {
            var mark when mark.Contains('+', StringComparison.Ordinal) => content,
            var mark when mark.Contains('-', StringComparison.Ordinal) => content.TrimEnd('\n'),
            _ => content.TrimEnd('\n') is { Length: > 0 } clipped ? clipped + "\n" : string.Empty,
        };
        var quoted = new StringBuilder("\"");
        foreach (var letter in content)
            quoted.Append(
                letter switch
                {
                    '\n' => "\\n",
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    _ => letter.ToString(),
                }
            );
        return quoted.Append('"').ToString();
    }
}
