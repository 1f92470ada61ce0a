using System.Globalization;
using System.Text;
using Kops.Api.Documents;
using Kops.Api.Paths;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Kops.Api.Yaml;

/// <summary>Reads a document of any YAML: the library parses, and what values mean is decided here, as go-yaml does.</summary>
internal sealed class LibraryReader
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    // Enough to see what is wrong.
    private const int MostDuplicates = 100;

    private readonly Parser _parser;
    private readonly FlowAnchors _flowAnchors;
    private readonly LooseText? _loose;
    private readonly int _linesBefore;
    private readonly ReadLimits _limits;
    private readonly List<Problem> _duplicates;
    private readonly PathTrail _path = new();

    // Null while the anchored value is being read: it cannot contain itself.
    private readonly Dictionary<string, Node?> _anchors = new(StringComparer.Ordinal);

    private LibraryReader(FlowAnchors tokens, LooseText? loose, int linesBefore, ReadLimits limits, List<Problem> duplicates) =>
        (_parser, _flowAnchors, _loose, _linesBefore, _limits, _duplicates) = (new(tokens), tokens, loose, linesBefore, limits, duplicates);

    /// <summary>The value of a text that holds one document; null when it holds none.</summary>
    public static Node? Read(string text, int firstLine, ReadLimits limits, List<Problem> duplicates)
    {
        var mark = limits.Mark();
        try
        {
            return Read(text, null, firstLine, limits, duplicates);
        }
        catch (Exception refused)
            when (refused is YamlException or ArgumentException or InvalidOperationException
                && LooseText.Of(text) is { } loose
                && IsReadable(loose)
            )
        {
            limits.Rewind(mark);
            duplicates.Clear();
            return Read(loose.Text, loose, firstLine, limits, duplicates);
        }
        catch (YamlException exception)
        {
            var (line, column) = At(exception.Start, 0);
            if (IndentingTab(text, line) is { } tab)
                throw limits.Refuse("a tab cannot indent; use spaces", tab with { Line = tab.Line + firstLine - 1 });
            throw limits.Refuse(Message(exception), new(line + firstLine - 1, column));
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The library answers some broken texts so.
            throw limits.Refuse("not YAML", new(firstLine, 1));
        }
    }

    private static Node? Read(string text, LooseText? loose, int firstLine, ReadLimits limits, List<Problem> duplicates)
    {
        var tokens = new FlowAnchors(new Scanner(new StringReader(text), skipComments: true));
        return new LibraryReader(tokens, loose, firstLine - 1, limits, duplicates).Document();
    }

    // Whether the parser understands it now; if not, what is told is about the user's own text.
    private static bool IsReadable(LooseText loose)
    {
        try
        {
            var parser = new Parser(new FlowAnchors(new Scanner(new StringReader(loose.Text), skipComments: true)));
            while (parser.MoveNext())
                continue;
            return true;
        }
        catch (Exception refused) when (refused is YamlException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    // The most frequent mistake, of which the library's message says little.
    private static SourcePosition? IndentingTab(string text, int aboutLine)
    {
        var lines = text.Split('\n');
        // What begins with the text is told of its first line, wherever it goes wrong.
        var lookedAt = aboutLine > 1 ? [aboutLine, aboutLine + 1, aboutLine - 1] : Enumerable.Range(1, lines.Length);
        foreach (var line in lookedAt.Where(line => line >= 1 && line <= lines.Length))
        {
            var content = lines[line - 1].TrimEnd('\r');
            var indent = content[..^content.TrimStart(' ', '\t').Length];
            if (indent.Length < content.Length && indent.IndexOf('\t', StringComparison.Ordinal) is var tab and >= 0)
                return new(line, tab + 1);
        }

        return null;
    }

    private static string Message(YamlException exception)
    {
        // "(Line: 1, Col: 2, Idx: 1) - (...): what": the place is told apart.
        var text = exception.Message;
        var end = text.LastIndexOf("): ", StringComparison.Ordinal);
        text = (end < 0 ? text : text[(end + 3)..]).TrimEnd('.');
        return text.Length == 0 ? "not YAML" : "not YAML: " + char.ToLowerInvariant(text[0]) + text[1..];
    }

    private static SourcePosition At(Mark mark, int linesBefore) =>
        new((int)Math.Max(1, mark.Line) + linesBefore, (int)Math.Max(1, mark.Column));

    private SourcePosition At(Mark mark)
    {
        var at = At(mark, 0);
        return new(at.Line + _linesBefore, _loose?.Column(at.Line, at.Column) ?? at.Column);
    }

    private Node? Document()
    {
        Next();
        if (Next() is StreamEnd)
            return null;
        var first = Next();
        if (first is Scalar { Value.Length: 0, IsPlainImplicit: true })
            return null;
        var root = Value(first, 1);
        // A second document cannot come: the text was cut at its markers.
        if (Next() is not DocumentEnd || Next() is not StreamEnd)
            throw _limits.Refuse("not YAML: more than one value", At(_parser.Current!.Start));
        return root;
    }

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext())
            throw _limits.Refuse("not YAML: it ends too early", null);
        return _parser.Current!;
    }

    private Node Value(ParsingEvent current, int depth)
    {
        var position = At(current.Start);
        if (current is AnchorAlias alias)
            return Copy(alias, depth, position);
        _limits.Count(depth, position);
        var anchor = AnchorOf(current);
        if (anchor is not null)
            _anchors[anchor] = null;
        Node value = current switch
        {
            Scalar scalar => Scalar(scalar, position),
            SequenceStart => Sequence(depth, position),
            MappingStart => Mapping(depth, position),
            _ => throw _limits.Refuse("not YAML", position),
        };
        if (anchor is not null)
            _anchors[anchor] = value;
        return value;
    }

    private string? AnchorOf(ParsingEvent current) =>
        current switch
        {
            NodeEvent { Anchor.IsEmpty: false } node => node.Anchor.Value,
            Scalar scalar => _flowAnchors.NameAt(scalar.Start),
            _ => null,
        };

    private Node Copy(AnchorAlias alias, int depth, SourcePosition position)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
            throw _limits.Refuse($"no anchor '&{alias.Value}' before this alias", position);
        if (target is null)
            throw _limits.Refuse($"the value of anchor '&{alias.Value}' contains itself", position);
        _limits.CountCopy(target, depth, position);
        return target.Clone();
    }

    private SequenceNode Sequence(int depth, SourcePosition position)
    {
        var sequence = new SequenceNode { Position = position };
        for (var current = Next(); current is not SequenceEnd; current = Next())
        {
            _path.EnterItem(sequence.Count);
            sequence.Add(Value(current, depth + 1));
            _path.Leave();
        }

        return sequence;
    }

    private MappingNode Mapping(int depth, SourcePosition position)
    {
        var mapping = new MappingNode { Position = position };
        HashSet<string>? merged = null;
        for (var current = Next(); current is not MappingEnd; current = Next())
        {
            var at = At(current.Start);
            if (current is Scalar { Value: "<<" } merge && (merge.IsPlainImplicit || TagOf(merge) == "merge"))
            {
                Merge(mapping, Value(Next(), depth + 1), at, merged ??= new(StringComparer.Ordinal));
                continue;
            }

            var key = Key(current, depth, at);
            _path.EnterField(key);
            var value = Value(Next(), depth + 1);
            var before = mapping.NamePosition(key);
            if (!mapping.Set(key, value, at) && merged?.Remove(key) != true && _duplicates.Count < MostDuplicates)
                _duplicates.Add(new(_path.ToString(), $"is set a second time; the first is at {before}", at));
            _path.Leave();
        }

        return mapping;
    }

    // As go-yaml does, in order of the text: a merge overwrites what stands before it, and of several the first counts.
    private void Merge(MappingNode mapping, Node value, SourcePosition position, HashSet<string> merged)
    {
        var sources = value is SequenceNode list ? [.. list.Reverse()] : new[] { value };
        foreach (var source in sources)
        {
            if (source is not MappingNode fields)
                throw _limits.Refuse("'<<' merges a mapping or a list of mappings, nothing else", position);
            foreach (var field in fields.Fields)
            {
                mapping.Set(field.Name, field.Value, field.Position);
                merged.Add(field.Name);
            }
        }
    }

    private string Key(ParsingEvent current, int depth, SourcePosition position)
    {
        if (current is Scalar { IsPlainImplicit: true } plain && plain.Tag.IsEmpty)
        {
            if (AnchorOf(plain) is { } anchor)
                _anchors[anchor] = Scalar(plain, position);
            return PlainScalar.Key(plain.Value) ?? throw _limits.Refuse("a key cannot be null; put it in quotes if it is text", position);
        }

        return Value(current, depth + 1) switch
        {
            ScalarNode { Kind: ScalarKind.Null } => throw _limits.Refuse("a key cannot be null; put it in quotes if it is text", position),
            ScalarNode { Kind: ScalarKind.Text or ScalarKind.Boolean } scalar => scalar.Text,
            ScalarNode number => PlainScalar.Key(number.Text)!,
            _ => throw _limits.Refuse("a key is text; a list or a mapping cannot be one", position),
        };
    }

    private ScalarNode Scalar(Scalar scalar, SourcePosition position)
    {
        var (kind, text) = TagOf(scalar) switch
        {
            "" => scalar.IsPlainImplicit ? PlainScalar.Resolve(scalar.Value) : (ScalarKind.Text, scalar.Value),
            var tag => Tagged(scalar, tag, position),
        };
        if (kind == ScalarKind.Float && text[^1] is 'n' or 'f')
            throw _limits.Refuse($"'{scalar.Value}' is not a number that a file can hold", position);
        return new(kind, text) { Position = position };
    }

    private (ScalarKind Kind, string Text) Tagged(Scalar scalar, string tag, SourcePosition position)
    {
        var resolved = PlainScalar.Resolve(scalar.Value);
        switch (tag)
        {
            case "binary":
                try
                {
                    return (ScalarKind.Text, Encoding.UTF8.GetString(Convert.FromBase64String(scalar.Value)));
                }
                catch (FormatException)
                {
                    throw _limits.Refuse("the value tagged !!binary is not base64", position);
                }

            case "bool" when resolved.Kind == ScalarKind.Boolean:
            case "null" when resolved.Kind == ScalarKind.Null:
            case "int" when resolved.Kind == ScalarKind.Integer:
            case "float" when resolved.Kind is ScalarKind.Integer or ScalarKind.Float:
                return resolved;
            case "timestamp" when Timestamp.IsOne(scalar.Value):
                return (ScalarKind.Text, scalar.Value);
            case "bool" or "null" or "int" or "float" or "timestamp":
                throw _limits.Refuse($"'{scalar.Value}' is not what its tag !!{tag} says", position);
            default:
                return (ScalarKind.Text, scalar.Value);
        }
    }

    private static string TagOf(NodeEvent node)
    {
        if (node.Tag.IsEmpty)
            return string.Empty;
        var tag = node.Tag.Value;
        return tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? tag[TagPrefix.Length..] : tag;
    }
}
