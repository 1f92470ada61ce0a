namespace Kops.Resources.Values;

/// <summary>Values by names that a user may choose, as tags and labels are. An empty map says nothing.</summary>
/// <param name="Entries">The values, in the order of their names.</param>
public sealed record MapValue(IReadOnlyDictionary<string, Value> Entries) : Value
{
    /// <summary>A map of texts.</summary>
    public static MapValue Of(IEnumerable<KeyValuePair<string, string>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new(
            new SortedDictionary<string, Value>(
                entries.ToDictionary(entry => entry.Key, entry => (Value)new TextValue(entry.Value), StringComparer.Ordinal),
                StringComparer.Ordinal
            )
        );
    }
}
