using Kops.Api.Documents;

namespace Kops.Build.Trees;

/// <summary>Makes trees of values. What is null is left out, as Go leaves out what is empty.</summary>
internal static class Tree
{
    public static MappingNode Map(params ReadOnlySpan<(string Name, Node? Value)> fields)
    {
        var map = new MappingNode();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                map[name] = value;
        }

        return map;
    }

    public static MappingNode Map(IEnumerable<KeyValuePair<string, string>> values)
    {
        var map = new MappingNode();
        foreach (var (name, value) in values)
            map[name] = ScalarNode.Of(value);
        return map;
    }

    public static SequenceNode List(IEnumerable<Node> items)
    {
        var list = new SequenceNode();
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    public static SequenceNode List(IEnumerable<string> items) => List(items.Select(item => (Node)ScalarNode.Of(item)));

    /// <summary>A list; null when it is empty.</summary>
    public static SequenceNode? Some(IEnumerable<string> items) => List(items) is { Count: > 0 } list ? list : null;

    /// <summary>A list; null when it is empty.</summary>
    public static SequenceNode? Some(IEnumerable<Node> items) => List(items) is { Count: > 0 } list ? list : null;

    /// <summary>A text that is there even when it is empty.</summary>
    public static Node Text(string value) => ScalarNode.Of(value);

    /// <summary>A text; null when it is empty.</summary>
    public static Node? Some(string? value) => string.IsNullOrEmpty(value) ? null : ScalarNode.Of(value);

    public static Node Number(long value) => ScalarNode.Of(value);

    public static Node True { get; } = ScalarNode.Of(true);

    /// <summary>True; null where it is not.</summary>
    public static Node? If(bool value) => value ? True : null;

    /// <summary>A copy of what stands at a path; null when nothing does.</summary>
    public static Node? Copy(MappingNode? node, params ReadOnlySpan<string> path) => Find(node, path)?.Clone();

    public static Node? Find(MappingNode? node, params ReadOnlySpan<string> path)
    {
        Node? found = node;
        foreach (var name in path)
            found = (found as MappingNode)?[name];
        return found is ScalarNode { Kind: ScalarKind.Null } ? null : found;
    }

    /// <summary>The text of what stands at a path; null when nothing does.</summary>
    public static string? TextAt(MappingNode? node, params ReadOnlySpan<string> path) => (Find(node, path) as ScalarNode)?.Text;
}
