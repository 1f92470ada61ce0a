using System.Buffers.Text;
using System.Text;
using Kops.Api.Documents;

namespace Kops.Api.Yaml;

/// <summary>The scalars of the subset.</summary>
internal ref partial struct BlockReader
{
    // A scalar, or an empty collection, whose parent's column is given: what it holds on further lines stands to the right of that.
    private Node? Scalar(int parent, int depth)
    {
        var position = Here;
        _limits.Count(depth, position);
        switch (_text[_position])
        {
            case (byte)'"' or (byte)'\'':
                return Quoted(parent, position);
            case (byte)'|':
                return Literal(parent, position);
            case (byte)'{' when _position + 1 < _text.Length && _text[_position + 1] == '}':
                _position += 2;
                return EndLine() ? new MappingNode { Position = position } : null;
            case (byte)'[' when _position + 1 < _text.Length && _text[_position + 1] == ']':
                _position += 2;
                return EndLine() ? new SequenceNode { Position = position } : null;
            default:
                return CanStartPlain(RestOfLine()) ? Plain(parent, position) : null;
        }
    }

    private ScalarNode? Plain(int parent, SourcePosition position)
    {
        if (!PlainLine(out var line, out var hasComment))
            return null;
        ToContent(out var blankLines, out var hasComments);
        string text;
        if (_indent <= parent)
        {
            text = Encoding.UTF8.GetString(line);
        }
        else
        {
            var folded = new StringBuilder(Encoding.UTF8.GetString(line));
            do
            {
                if (hasComment || hasComments)
                    return null;
                if (blankLines == 0)
                    folded.Append(' ');
                else
                    folded.Append('\n', blankLines);
                if (!PlainLine(out line, out hasComment))
                    return null;
                folded.Append(Encoding.UTF8.GetString(line));
                ToContent(out blankLines, out hasComments);
            } while (_indent > parent);
            text = folded.ToString();
        }

        var (kind, value) = PlainScalar.Resolve(text);
        // Not-a-number and infinity are the library's to report.
        if (kind == ScalarKind.Float && value[^1] is 'n' or 'f')
            return null;
        return new ScalarNode(kind, value) { Position = position };
    }

    // The part of a plain scalar on this line. False when it looks like a key.
    private readonly bool PlainLine(out ReadOnlySpan<byte> line, out bool hasComment)
    {
        line = RestOfLine();
        var comment = line.IndexOf(" #"u8);
        hasComment = comment >= 0;
        if (hasComment)
            line = line[..comment];
        line = line.TrimEnd((byte)' ');
        return ColonIn(line) < 0;
    }

    // The length of a quoted scalar that starts a line, quotes included, when it ends on the line; else 0.
    private static int QuotedLength(ReadOnlySpan<byte> line)
    {
        for (var i = 1; i < line.Length; i++)
        {
            var found = line[i..].IndexOfAny(line[0], (byte)'\\');
            if (found < 0)
                return 0;
            i += found;
            if (line[i] == line[0])
            {
                // Two single quotes stand for one.
                if (line[0] == '"' || i + 1 >= line.Length || line[i + 1] != '\'')
                    return i + 1;
                i++;
            }
            else if (line[0] == '"')
            {
                i++;
            }
        }

        return 0;
    }

    private ScalarNode? Quoted(int parent, SourcePosition position)
    {
        var text = QuotedText(parent);
        return text is not null && EndLine() ? new ScalarNode(ScalarKind.Text, text) { Position = position } : null;
    }

    // On further lines a break is a space, blank lines are breaks, and blanks around breaks do not count.
    private string? QuotedText(int parent)
    {
        var quote = _text[_position++];
        var line = RestOfLine();
        var end = EndOrEscape(line, quote);
        if (end >= 0 && line[end] == quote && !(quote == '\'' && IsQuote(line, end + 1)))
        {
            _position += end + 1;
            return Encoding.UTF8.GetString(line[..end]);
        }

        var text = new StringBuilder();
        while (true)
        {
            if (end < 0)
            {
                text.Append(Encoding.UTF8.GetString(line.TrimEnd((byte)' ')));
                _position += line.Length;
                if (!ToQuotedLine(parent, out var blankLines))
                    return null;
                if (blankLines == 0)
                    text.Append(' ');
                else
                    text.Append('\n', blankLines);
                line = RestOfLine();
            }
            else
            {
                text.Append(Encoding.UTF8.GetString(line[..end]));
                if (line[end] == '\\')
                {
                    if (Escape(line[end..], text) is not (var length and > 0))
                        return null;
                    end += length;
                }
                else if (quote == '\'' && IsQuote(line, end + 1))
                {
                    text.Append('\'');
                    end += 2;
                }
                else
                {
                    _position += end + 1;
                    return text.ToString();
                }

                _position += end;
                line = line[end..];
            }

            end = EndOrEscape(line, quote);
        }
    }

    private static int EndOrEscape(ReadOnlySpan<byte> line, byte quote) =>
        quote == '"' ? line.IndexOfAny((byte)'"', (byte)'\\') : line.IndexOf(quote);

    private static bool IsQuote(ReadOnlySpan<byte> line, int index) => index < line.Length && line[index] == '\'';

    // From a line's end to the next line of a quoted scalar. False at the text's end, and where the line stands too far left to be told
    // from a mistake.
    private bool ToQuotedLine(int parent, out int blankLines)
    {
        for (blankLines = 0; _position < _text.Length; blankLines++)
        {
            _lineStart = ++_position;
            _line++;
            while (_position < _text.Length && _text[_position] == ' ')
                _position++;
            if (!IsAtLineEnd)
                return _position - _lineStart > parent;
        }

        return false;
    }

    // The length of the escape that starts a line; 0 when it is rare or wrong.
    private static int Escape(ReadOnlySpan<byte> line, StringBuilder text)
    {
        var code = line.Length > 1 ? (char)line[1] : '\n';
        var plain = code switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\u001b',
            ' ' or '"' or '/' or '\\' => code,
            'N' => '\u0085',
            '_' => '\u00a0',
            'L' => '\u2028',
            'P' => '\u2029',
            _ => '\uffff',
        };
        if (plain != '\uffff')
        {
            text.Append(plain);
            return 2;
        }

        var digits = code switch
        {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if (digits == 0 || line.Length < digits + 2)
            return 0;
        if (!Utf8Parser.TryParse(line.Slice(2, digits), out uint value, out var used, 'x') || used != digits || !Rune.IsValid(value))
            return 0;
        text.Append(new Rune(value).ToString());
        return digits + 2;
    }

    private ScalarNode? Literal(int parent, SourcePosition position)
    {
        if (!LiteralHeader(out var chomp, out var extra))
            return null;
        var indent = extra > 0 ? parent + extra : -1;
        var text = new StringBuilder();
        var (blankLines, widestBlank) = (0, 0);
        for (var next = _position + 1; next < _text.Length; )
        {
            // A last line without a break is the library's: the text is then without one too.
            var length = _text[next..].IndexOf((byte)'\n');
            if (length < 0)
                return null;
            var line = _text.Slice(next, length);
            var spaces = line.IndexOfAnyExcept((byte)' ');
            if (spaces < 0 && (indent < 0 || length <= indent))
            {
                widestBlank = Math.Max(widestBlank, length);
                blankLines++;
            }
            else
            {
                if (spaces < 0)
                    spaces = length;
                if (indent < 0 && spaces > parent)
                    indent = spaces;
                // To the left of the text, but not where the parent goes on: a mistake, or nearly one.
                if (spaces <= parent)
                    break;
                if (spaces < indent || (text.Length == 0 && widestBlank > indent))
                    return null;
                text.Append('\n', blankLines).Append(Encoding.UTF8.GetString(line[indent..])).Append('\n');
                _lineStart = next;
                _line += blankLines + 1;
                _position = next + length;
                blankLines = 0;
            }

            next += length + 1;
        }

        if (text.Length == 0 && widestBlank > 0)
            return null;
        if (chomp == '+')
            text.Append('\n', blankLines);
        else if (chomp == '-' && text.Length > 0)
            text.Length--;
        ToContent(out _, out _);
        return new ScalarNode(ScalarKind.Text, text.ToString()) { Position = position };
    }

    // "|", then how many columns the text is indented, and what becomes of its last breaks. False when there is anything else.
    private bool LiteralHeader(out char chomp, out int extra)
    {
        (chomp, extra) = (' ', 0);
        var line = RestOfLine();
        var i = 1;
        for (; i < line.Length && line[i] != ' '; i++)
        {
            if (line[i] is (byte)'+' or (byte)'-' && chomp == ' ')
                chomp = (char)line[i];
            else if (line[i] is >= (byte)'1' and <= (byte)'9' && extra == 0)
                extra = line[i] - '0';
            else
                return false;
        }

        var rest = line[i..].TrimStart((byte)' ');
        _position += line.Length;
        return (rest.Length == 0 || rest[0] == '#') && _position < _text.Length;
    }
}
