using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Diff;

/// <summary>What makes an item of a list the same item in another version of the list.</summary>
internal static class ListItems
{
    /// <summary>
    /// The items' identities: their names for objects that all have different ones, the values for scalars. Null for objects without
    /// names: nothing tells which is which.
    /// </summary>
    public static string[]? Identities(SequenceNode list)
    {
        if (list.All(item => item is ScalarNode))
            return [.. list.Cast<ScalarNode>().Select(scalar => $"{scalar.Kind}:{scalar.Text}")];
        string[] names =
        [
            .. list.Select(FieldPath.NameOf).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => $"name:{name}"),
        ];
        return names.Length < list.Count ? null : names;
    }

    /// <summary>The path of an item: by name where names tell the items apart, else by position.</summary>
    public static FieldPath PathOf(FieldPath list, SequenceNode items, int index, bool byName) =>
        byName && FieldPath.NameOf(items[index]) is { } name ? list.Key(name) : list.At(index);

    /// <summary>The pairs of positions that stay, in order: a longest common subsequence.</summary>
    public static List<(int Before, int After)> Align<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, T, bool> same)
    {
        var lengths = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
                lengths[i, j] = same(before[i], after[j]) ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        var pairs = new List<(int, int)>();
        for (int i = 0, j = 0; i < before.Count && j < after.Count; )
        {
            if (same(before[i], after[j]))
                pairs.Add((i++, j++));
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
                i++;
            else
                j++;
        }

        return pairs;
    }
}
