using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Kops.Templates.Values;

/// <summary>
/// A map of texts to values. Templates go through it in the order of its keys, as Go does. It can change, also by a template
/// (<c>set</c>, <c>unset</c>, <c>merge</c>): give each execution its own where that matters.
/// </summary>
/// <param name="elementType">The type of its values in Go.</param>
public sealed class TemplateMap(string elementType = GoTypes.Any) : IEnumerable<KeyValuePair<string, Value>>
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private string[]? _keys;

    /// <summary>The type of its values in Go; it decides what an absent key gives with <c>missingkey=zero</c>.</summary>
    public string ElementType { get; } = elementType;

    /// <summary>How many keys it has.</summary>
    public int Count => _values.Count;

    /// <summary>Its keys in order.</summary>
    public IReadOnlyList<string> Keys => SortedKeys;

    internal string TypeName => "map[string]" + ElementType;

    internal string[] SortedKeys => _keys ??= Sorted();

    /// <summary>The value of a key.</summary>
    /// <exception cref="KeyNotFoundException">There is none, on reading.</exception>
    public Value this[string key]
    {
        get => _values[key];
        set
        {
            var before = _values.Count;
            _values[key] = value.OrNil;
            if (_values.Count != before)
                _keys = null;
        }
    }

    /// <summary>Sets the value of a key, so that a map can be written with braces.</summary>
    public void Add(string key, Value value) => this[key] = value;

    /// <summary>Finds the value of a key.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Value value) => _values.TryGetValue(key, out value);

    /// <summary>Removes a key, where it is there.</summary>
    public void Remove(string key)
    {
        if (_values.Remove(key))
            _keys = null;
    }

    /// <summary>Goes through keys and values in the order of the keys.</summary>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() =>
        SortedKeys.Select(key => KeyValuePair.Create(key, _values[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string[] Sorted()
    {
        var keys = _values.Keys.ToArray();
        Array.Sort(keys, GoOrder.Instance);
        return keys;
    }
}
