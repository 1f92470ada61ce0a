using System.Text;
using System.Text.Json;
using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Yaml;

/// <summary>Reads JSON to a tree, with places and duplicate keys.</summary>
internal ref struct JsonReader
{
    // Enough to see what is wrong.
    private const int MostDuplicates = 100;

    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadLimits _limits;
    private readonly List<Problem> _duplicates = [];
    private readonly PathTrail _path = new();
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _column = 1;
    private int _counted;

    private JsonReader(ReadOnlySpan<byte> text, ReadLimits limits)
    {
        _text = text;
        _limits = limits;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = ReadLimits.Depth + 1 });
    }

    /// <summary>Whether a text starts like JSON. YAML's flow style can start so too: if it is not JSON, it may still be that.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        if (text.Length == 0 || text[0] is not ((byte)'{' or (byte)'['))
            return false;
        var inner = text[1..].TrimStart(" \t\r\n"u8);
        return inner.Length > 0 && (inner[0] is (byte)'"' || inner[0] == text[0] + 2 || (text[0] == '[' && inner[0] == '{'));
    }

    /// <summary>The document, or null when the text is not JSON.</summary>
    public static YamlDocument? TryRead(ReadOnlyMemory<byte> text, ReadLimits limits)
    {
        try
        {
            var reader = new JsonReader(text.Span, limits);
            reader._reader.Read();
            var root = reader.Value(1);
            reader._reader.Read();
            return new(root, text, reader._duplicates);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private Node Value(int depth)
    {
        var position = Position();
        _limits.Count(depth, position);
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => Object(depth, position),
            JsonTokenType.StartArray => Array(depth, position),
            JsonTokenType.String => new ScalarNode(ScalarKind.Text, _reader.GetString()!) { Position = position },
            JsonTokenType.True => new ScalarNode(ScalarKind.Boolean, "true") { Position = position },
            JsonTokenType.False => new ScalarNode(ScalarKind.Boolean, "false") { Position = position },
            JsonTokenType.Number => Number(position),
            _ => new ScalarNode(ScalarKind.Null, string.Empty) { Position = position },
        };
    }

    private MappingNode Object(int depth, SourcePosition position)
    {
        var mapping = new MappingNode { Position = position };
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var at = Position();
            var key = _reader.GetString()!;
            _reader.Read();
            _path.EnterField(key);
            var value = Value(depth + 1);
            var before = mapping.NamePosition(key);
            if (!mapping.Set(key, value, at) && _duplicates.Count < MostDuplicates)
                _duplicates.Add(new(_path.ToString(), $"is set a second time; the first is at {before}", at));
            _path.Leave();
        }

        return mapping;
    }

    private SequenceNode Array(int depth, SourcePosition position)
    {
        var sequence = new SequenceNode { Position = position };
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _path.EnterItem(sequence.Count);
            sequence.Add(Value(depth + 1));
            _path.Leave();
        }

        return sequence;
    }

    private ScalarNode Number(SourcePosition position)
    {
        var token = Encoding.ASCII.GetString(_reader.ValueSpan);
        var isWhole = token.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && (_reader.TryGetInt64(out _) || _reader.TryGetUInt64(out _));
        if (isWhole && token != "-0")
            return new(ScalarKind.Integer, token) { Position = position };
        var value = _reader.GetDouble();
        if (double.IsInfinity(value))
            throw _limits.Refuse($"the number {token} is too large", position);
        var (kind, text) = PlainScalar.Number(value);
        return new(kind, text) { Position = position };
    }

    private SourcePosition Position()
    {
        var passed = _text[_counted..(int)_reader.TokenStartIndex];
        _counted += passed.Length;
        if (passed.LastIndexOf((byte)'\n') is var end and >= 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 1;
            passed = passed[(end + 1)..];
        }

        _column += Characters.Length(passed);
        return new(_line, _column);
    }
}
