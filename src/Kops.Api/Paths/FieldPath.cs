using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Kops.Api.Documents;

namespace Kops.Api.Paths;

/// <summary>
/// The way from an object to a value in it: <c>spec.subnets[0].zone</c>, <c>spec.etcdClusters[*].version</c>,
/// <c>spec.subnets[us-east-1a].zone</c>, <c>spec.nodeLabels[kops.k8s.io/x]</c>. Keys with other characters stand in double quotes, in
/// which a backslash protects the next character: <c>spec.nodeLabels["a b"]</c>; so do keys of digits alone.
/// </summary>
public sealed class FieldPath : IEquatable<FieldPath>
{
    private readonly PathSegment[] _segments;

    private FieldPath(PathSegment[] segments) => _segments = segments;

    /// <summary>The path of the object itself; it prints as nothing.</summary>
    public static FieldPath Root { get; } = new([]);

    /// <summary>The steps.</summary>
    public IReadOnlyList<PathSegment> Segments => _segments;

    /// <summary>The path without its last step. The root's parent is the root.</summary>
    public FieldPath Parent => _segments.Length == 0 ? this : new(_segments[..^1]);

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is not one; the message says where and why.</exception>
    public static FieldPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out var path) is { } mistake ? throw new FormatException(mistake) : path!;
    }

    /// <summary>Reads a path; false when it is not one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldPath? path)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text, out path) is null;
    }

    /// <summary>The path with one more step.</summary>
    public FieldPath Then(PathSegment segment) => new([.. _segments, segment]);

    /// <summary>The path of a field of what this path leads to.</summary>
    public FieldPath Field(string name) => Then(PathSegment.Field(name));

    /// <summary>The path of a map's key, or of a list's item by its name.</summary>
    public FieldPath Key(string key) => Then(PathSegment.Key(key));

    /// <summary>The path of a list's item by its position.</summary>
    public FieldPath At(int index) => Then(PathSegment.At(index));

    /// <summary>The values that the path leads to: none, one, or with <c>[*]</c> several.</summary>
    public IEnumerable<Node> Find(Node root)
    {
        IEnumerable<Node> found = [root];
        foreach (var segment in _segments)
            found = found.SelectMany(node => Step(node, segment));
        return found;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in _segments)
        {
            if (segment.Kind == PathSegmentKind.Field && text.Length > 0)
                text.Append('.');
            text.Append(segment);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(FieldPath? other) => other is not null && _segments.AsSpan().SequenceEqual(other._segments);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var segment in _segments)
            hash.Add(segment);
        return hash.ToHashCode();
    }

    internal static bool IsNamed(Node item, string name) => NameOf(item) == name;

    internal static string? NameOf(Node item) =>
        item is MappingNode mapping && mapping["name"] is ScalarNode { Kind: ScalarKind.Text } name ? name.Text : null;

    private static IEnumerable<Node> Step(Node node, PathSegment segment) =>
        (node, segment.Kind) switch
        {
            (MappingNode mapping, PathSegmentKind.Field or PathSegmentKind.Key) => mapping[segment.Name] is { } value ? [value] : [],
            (SequenceNode list, PathSegmentKind.Key) => list.Where(item => IsNamed(item, segment.Name)),
            (SequenceNode list, PathSegmentKind.Index) => segment.Index < list.Count ? [list[segment.Index]] : [],
            (SequenceNode list, PathSegmentKind.Every) => list,
            _ => [],
        };

    // The mistake, or null when all is well.
    private static string? Read(string text, out FieldPath? path)
    {
        path = null;
        var segments = new List<PathSegment>();
        var at = 0;
        while (at < text.Length)
        {
            string? mistake;
            if (text[at] == '[')
            {
                mistake = ReadBrackets(text, ref at, segments);
            }
            else
            {
                if (text[at] == '.' && segments.Count > 0)
                    at++;
                else if (segments.Count > 0)
                    return Mistake(text, at, "a '.' or '[' must follow ']'");
                mistake = ReadField(text, ref at, segments);
            }

            if (mistake is not null)
                return mistake;
        }

        path = new FieldPath([.. segments]);
        return null;
    }

    private static string? ReadField(string text, ref int at, List<PathSegment> segments)
    {
        var length = text.AsSpan(at).IndexOfAny('.', '[');
        var name = text.Substring(at, length < 0 ? text.Length - at : length);
        if (!PathSegment.IsField(name))
        {
            return Mistake(
                text,
                at,
                name.Length == 0
                    ? "a field's name is missing"
                    : $"'{name}' is not a field name: keys with other characters stand in brackets, such as [\"a b\"]"
            );
        }

        at += name.Length;
        segments.Add(PathSegment.Field(name));
        return null;
    }

    private static string? ReadBrackets(string text, ref int at, List<PathSegment> segments)
    {
        var start = at++;
        if (at < text.Length && text[at] == '"')
        {
            at++;
            var key = new StringBuilder();
            for (; at < text.Length && text[at] != '"'; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length)
                    at++;
                key.Append(text[at]);
            }

            if (at + 1 >= text.Length || text[at + 1] != ']')
                return Mistake(text, start, "'[\"' is not closed with '\"]'");
            at += 2;
            segments.Add(PathSegment.Key(key.ToString()));
            return null;
        }

        var end = text.IndexOf(']', at);
        if (end < 0)
            return Mistake(text, start, "'[' is not closed with ']'");
        var inner = text[at..end];
        at = end + 1;
        if (inner == "*")
            segments.Add(PathSegment.Every());
        else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            segments.Add(PathSegment.At(index));
        else if (PathSegment.IsBareKey(inner))
            segments.Add(PathSegment.Key(inner));
        else
            return Mistake(
                text,
                start,
                $"[{inner}] is not a position, '*' or name: keys with other characters stand in double quotes, such as [\"a b\"]"
            );
        return null;
    }

    private static string Mistake(string text, int at, string what) => $"'{text}' is not a field path: {what} (at character {at + 1})";
}
