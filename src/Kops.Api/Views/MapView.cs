using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Kops.Api.Documents;

namespace Kops.Api.Views;

/// <summary>A map field as a live map: setting the first value makes the field, and an absent field is an empty map.</summary>
public sealed class MapView<T> : IReadOnlyDictionary<string, T>
{
    private readonly MappingNode _owner;
    private readonly string _name;
    private readonly Func<Node, T> _read;
    private readonly Func<T, Node> _write;

    internal MapView(MappingNode owner, string name, Func<Node, T> read, Func<T, Node> write) =>
        (_owner, _name, _read, _write) = (owner, name, read, write);

    /// <inheritdoc/>
    public int Count => Items?.Count ?? 0;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Items?.Keys ?? [];

    /// <inheritdoc/>
    public IEnumerable<T> Values => this.Select(pair => pair.Value);

    private MappingNode? Items => _owner[_name] as MappingNode;

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">On reading a name that is not there.</exception>
    public T this[string key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"'{_name}' has no '{key}'");
        set => _owner.Ensure(_name)[key] = _write(value);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Items?.Has(key) ?? false;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var node = Items?[key];
        value = node is null ? default : _read(node);
        return node is not null;
    }

    /// <summary>Takes a name away; says whether it was there. The last one takes the field with it.</summary>
    public bool Remove(string key)
    {
        var removed = Items?.Remove(key) ?? false;
        if (Count == 0)
            _owner.Remove(_name);
        return removed;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() =>
        (Items ?? Enumerable.Empty<KeyValuePair<string, Node>>())
            .Select(field => new KeyValuePair<string, T>(field.Key, _read(field.Value)))
            .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
