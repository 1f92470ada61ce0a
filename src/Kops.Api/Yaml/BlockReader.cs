using System.Buffers;
using System.Text;
using Kops.Api.Documents;

namespace Kops.Api.Yaml;

/// <summary>
/// Reads the YAML that kOps writes, and what is like it: block mappings and sequences; plain, quoted and literal scalars; <c>{}</c> and
/// <c>[]</c>. Ten times as fast as a parser of everything, which matters where a command opens a thousand clusters. On anything else,
/// be it wrong or just rare, it gives up, and the library has its turn; what it accepts, it reads as the library does.
/// </summary>
internal ref partial struct BlockReader
{
    private const int LongestKey = 1000;
    private static readonly SearchValues<byte> Handed = SearchValues.Create((byte)'\t', (byte)'\r');

    // What no plain scalar starts with; of the last three only when a blank follows.
    private static readonly SearchValues<byte> Indicators = SearchValues.Create(",[]{}#&*!|>'\"%@`"u8);
    private static readonly SearchValues<byte> BlankIndicators = SearchValues.Create("-?:"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadLimits _limits;
    private readonly bool _isAscii;
    private int _position;
    private int _line;
    private int _lineStart;

    // The column, from 0, at which the line at hand starts; -1 at the end of the text.
    private int _indent;

    private BlockReader(ReadOnlySpan<byte> text, int firstLine, ReadLimits limits)
    {
        _text = text;
        _line = firstLine;
        _limits = limits;
        _isAscii = Ascii.IsValid(text);
    }

    private readonly bool IsAtLineEnd => _position >= _text.Length || _text[_position] == '\n';

    private readonly SourcePosition Here =>
        new(_line, (_isAscii ? _position - _lineStart : Characters.Length(_text[_lineStart.._position])) + 1);

    /// <summary>The document's value; null when the text is not of this kind.</summary>
    public static Node? TryRead(ReadOnlySpan<byte> text, int firstLine, ReadLimits limits)
    {
        if (text.ContainsAny(Handed))
            return null;
        var reader = new BlockReader(text, firstLine, limits);
        if (!reader._isAscii && HasOddBreaks(text))
            return null;
        var mark = limits.Mark();
        reader.ToContent(out _, out _);
        var root = reader._indent < 0 ? null : reader.Block(1);
        if (root is not null && reader._indent < 0)
            return root;
        limits.Rewind(mark);
        return null;
    }

    // Unicode's line breaks and byte order marks inside a text.
    private static bool HasOddBreaks(ReadOnlySpan<byte> text) =>
        text.IndexOf("\u0085"u8) >= 0 || text.IndexOf("\u2028"u8) >= 0 || text.IndexOf("\u2029"u8) >= 0 || text.IndexOf("\uFEFF"u8) >= 0;

    private Node? Block(int depth)
    {
        if (IsDash())
            return Sequence(_indent, depth);
        return IsKey() ? Mapping(_indent, depth) : null;
    }

    private MappingNode? Mapping(int column, int depth)
    {
        var mapping = new MappingNode { Position = Here };
        _limits.Count(depth, mapping.Position.Value);
        do
        {
            var position = Here;
            if (Key() is not { } key || Value(column, depth + 1) is not { } value)
                return null;
            // A second one is the library's to report.
            if (!mapping.Set(key, value, position))
                return null;
        } while (_indent == column && !IsDash());
        return _indent > column ? null : mapping;
    }

    private SequenceNode? Sequence(int column, int depth)
    {
        var sequence = new SequenceNode { Position = Here };
        _limits.Count(depth, sequence.Position.Value);
        do
        {
            _position++;
            if (Item(column, depth + 1) is not { } item)
                return null;
            sequence.Add(item);
        } while (_indent == column && IsDash());
        return _indent > column ? null : sequence;
    }

    // What follows "key:".
    private Node? Value(int column, int depth)
    {
        var position = Here;
        if (!ToValue())
            return Scalar(column, depth);
        ToContent(out _, out _);
        if (_indent > column || (_indent == column && IsDash()))
            return Block(depth);
        return Null(position, depth);
    }

    // What follows "-".
    private Node? Item(int column, int depth)
    {
        var position = Here;
        if (ToValue())
        {
            ToContent(out _, out _);
            return _indent > column ? Block(depth) : Null(position, depth);
        }

        var inner = _position - _lineStart;
        if (IsDash())
        {
            _indent = inner;
            return Sequence(inner, depth);
        }

        if (!IsKey())
            return Scalar(column, depth);
        _indent = inner;
        return Mapping(inner, depth);
    }

    private readonly ScalarNode Null(SourcePosition position, int depth)
    {
        _limits.Count(depth, position);
        return new(ScalarKind.Null, string.Empty) { Position = position };
    }

    private readonly bool IsDash() => _text[_position] == '-' && IsBlankAt(_position + 1);

    private readonly bool IsBlankAt(int position) => position >= _text.Length || _text[position] is (byte)' ' or (byte)'\n';

    private readonly ReadOnlySpan<byte> RestOfLine()
    {
        var rest = _text[_position..];
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }

    // Whether the line goes on with a key. What looks like one and is none is found out when the key is read.
    private readonly bool IsKey()
    {
        var line = RestOfLine();
        if (line[0] is (byte)'"' or (byte)'\'')
            return QuotedLength(line) is var length and > 0 && IsColonAt(line, length);
        return CanStartPlain(line) && ColonIn(line) >= 0;
    }

    // Reads a key and its colon. Null when the line holds none that can be read here.
    private string? Key()
    {
        var line = RestOfLine();
        string? key;
        if (line[0] is (byte)'"' or (byte)'\'')
        {
            if (QuotedLength(line) is not (var length and > 0 and <= LongestKey) || !IsColonAt(line, length))
                return null;
            key = QuotedText(-1);
            ToValue();
            _position++;
        }
        else
        {
            var length = CanStartPlain(line) ? ColonIn(line) : -1;
            if (length is < 0 or > LongestKey)
                return null;
            var name = line[..length].TrimEnd((byte)' ');
            if (name.IndexOf(" #"u8) >= 0 || name.SequenceEqual("<<"u8))
                return null;
            key = PlainScalar.Key(Encoding.UTF8.GetString(name));
            _position += length + 1;
        }

        return key;
    }

    private static bool IsColonAt(ReadOnlySpan<byte> line, int position)
    {
        while (position < line.Length && line[position] == ' ')
            position++;
        return position < line.Length && line[position] == ':' && (position + 1 == line.Length || line[position + 1] == ' ');
    }

    private static bool CanStartPlain(ReadOnlySpan<byte> line) =>
        !Indicators.Contains(line[0]) && (!BlankIndicators.Contains(line[0]) || (line.Length > 1 && line[1] != ' '));

    // The colon that ends a plain key: one before a blank.
    private static int ColonIn(ReadOnlySpan<byte> line)
    {
        for (var from = 0; ; )
        {
            var found = line[from..].IndexOf((byte)':');
            if (found < 0)
                return -1;
            from += found + 1;
            if (from == line.Length || line[from] == ' ')
                return from - 1;
        }
    }

    // Over blanks to the value on this line. True when there is none, but the line's end or a comment.
    private bool ToValue()
    {
        while (_position < _text.Length && _text[_position] == ' ')
            _position++;
        return IsAtLineEnd || _text[_position] == '#';
    }

    // To the next line that holds something, over blank ones and comments.
    private void ToContent(out int blankLines, out bool hasComments)
    {
        (blankLines, hasComments) = (-1, false);
        var isFirst = _position == 0;
        while (true)
        {
            if (!isFirst)
            {
                var rest = _text[_position..];
                var end = rest.IndexOf((byte)'\n');
                if (end < 0)
                {
                    _position = _text.Length;
                    _indent = -1;
                    return;
                }

                _position += end + 1;
                _lineStart = _position;
                _line++;
            }

            isFirst = false;
            blankLines++;
            while (_position < _text.Length && _text[_position] == ' ')
                _position++;
            if (IsAtLineEnd)
                continue;
            _indent = _position - _lineStart;
            if (_text[_position] != '#')
                return;
            hasComments = true;
        }
    }

    // After a value that ends on this line: nothing but blanks or a comment may follow.
    private bool EndLine()
    {
        var wasBlank = _position < _text.Length && _text[_position] == ' ';
        if (!ToValue() || (!IsAtLineEnd && !wasBlank))
            return false;
        ToContent(out _, out _);
        return true;
    }
}
