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
            if (IsEntry(prefix, entry))
                yield return entry;
        }
    }

    /// <summary>
    /// Whether a row is one that could be read here. The markers that consoles leave for empty folders are none, nor is what lies behind
    /// them.
    /// </summary>
    public static bool IsEntry(string prefix, ListEntry entry)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return entry.Object is null ? entry.Key.Length > prefix.Length + 1 && IsKey(entry.Key[..^1]) : IsKey(entry.Key);
    }

    private static bool IsKey(string key) => key.Length > 0 && ObjectKey.Validate(key) is null;
}
