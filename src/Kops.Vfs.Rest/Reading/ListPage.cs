using Kops.Vfs.Drivers;

namespace Kops.Vfs.Rest.Reading;

/// <summary>A page of a listing.</summary>
public static class ListPage
{
    /// <summary>Objects and common prefixes of a page, each in key order, as one sequence in key order.</summary>
    /// <param name="prefix">The prefix that was listed.</param>
    /// <param name="objects">The objects.</param>
    /// <param name="prefixes">The common prefixes, each with its final slash.</param>
    public static IEnumerable<ListEntry> Merge(string prefix, IReadOnlyList<ObjectInfo> objects, IReadOnlyList<string> prefixes)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(prefixes);
        for (int i = 0, j = 0; i < objects.Count || j < prefixes.Count; )
        {
            var entry =
                j == prefixes.Count || (i < objects.Count && ObjectKey.Compare(objects[i].Key, prefixes[j]) < 0)
                    ? new ListEntry(objects[i].Key, objects[i++])
                    : new ListEntry(prefixes[j++], null);
            if (Row(prefix, entry) is { } row)
                yield return row;
        }
    }

    /// <summary>
    /// A row as callers see it: one whose key could not be read here says so. The markers that consoles leave for empty folders are no
    /// objects.
    /// </summary>
    /// <returns>Null for such a marker.</returns>
    public static ListEntry? Row(string prefix, ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (entry.Object is null)
            return entry.Key.Length > prefix.Length + 1 && IsKey(entry.Key[..^1]) ? entry : entry with { IsUnreachable = true };
        if (IsKey(entry.Key))
            return entry;
        return entry.Object.Size == 0 && entry.Key.EndsWith('/') ? null : entry with { IsUnreachable = true };
    }

    private static bool IsKey(string key) => key.Length > 0 && ObjectKey.Validate(key) is null;
}
