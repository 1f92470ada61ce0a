using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.StateStore.Changes;

/// <summary>Keeps what a newer kOps wrote into an object when this program overwrites it.</summary>
internal static class UnknownFields
{
    /// <summary>
    /// Takes unknown fields over from the object that was read into the one that replaces it, where they are missing: a user's file that
    /// replaces
    /// the object does not hold them. Those of an item or object that was removed go with it.
    /// </summary>
    public static void Keep(MappingNode read, MappingNode changed, IEnumerable<Problem> unknown)
    {
        foreach (var field in unknown)
        {
            if (FieldPath.TryParse(field.Path, out var path))
                Keep(read, changed, path);
        }
    }

    private static void Keep(Node? read, Node? changed, FieldPath path)
    {
        foreach (var segment in path.Parent.Segments)
            (read, changed) = Step(read, changed, segment);
        var name = path.Segments[^1].Name;
        if (read is MappingNode from && changed is MappingNode to && from[name] is { } value && !to.Has(name))
            to[name] = value.Clone();
    }

    private static (Node? Read, Node? Changed) Step(Node? read, Node? changed, PathSegment segment) =>
        (read, changed) switch
        {
            (MappingNode from, MappingNode to) => (from[segment.Name], to[segment.Name]),
            (SequenceNode from, SequenceNode to) when Item(from, segment) is { } item => (item, Twin(item, from.IndexOf(item), to)),
            _ => (null, null),
        };

    private static Node? Item(SequenceNode list, PathSegment segment) =>
        segment.Kind is PathSegmentKind.Index
            ? list.ElementAtOrDefault(segment.Index)
            : list.FirstOrDefault(item => NameOf(item) == segment.Name);

    /// <summary>The item that goes by the same name, or without names stands at the same place.</summary>
    private static Node? Twin(Node item, int index, SequenceNode list) =>
        NameOf(item) is { } name ? list.FirstOrDefault(other => NameOf(other) == name) : list.ElementAtOrDefault(index);

    private static string? NameOf(Node item) =>
        (item as MappingNode)?["name"] is ScalarNode { Kind: ScalarKind.Text } name ? name.Text : null;
}
