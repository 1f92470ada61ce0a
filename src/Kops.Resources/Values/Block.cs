using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Kops.Resources.Values;

/// <summary>Attributes by name. The names are those of Terraform's providers: documented, stable, and the same for each target.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Block is the field's word.")]
public sealed record Block : Value, IReadOnlyDictionary<string, Value>
{
    private readonly SortedDictionary<string, Value> _attributes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _attributes.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _attributes.Keys;

    /// <inheritdoc/>
    public IEnumerable<Value> Values => _attributes.Values;

    /// <summary>An attribute; setting null, or an empty list or map, leaves it out.</summary>
    [AllowNull]
    public Value this[string key]
    {
        get => _attributes.TryGetValue(key, out var found) ? found : null!;
        init
        {
            if (value is not (null or ListValue { Items.Count: 0 } or MapValue { Entries.Count: 0 }))
                _attributes[key] = value;
        }
    }

    /// <summary>A block of texts.</summary>
    public static Block Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var block = new Block();
        foreach (var (name, text) in texts)
            block._attributes[name] = new TextValue(text);
        return block;
    }

    /// <summary>This one and all that another says, which wins.</summary>
    internal Block With(Block other)
    {
        var block = new Block();
        foreach (var (name, value) in this.Concat(other))
            block._attributes[name] = value;
        return block;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _attributes.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Value value) => _attributes.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
