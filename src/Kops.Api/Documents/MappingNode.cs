using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Kops.Api.Documents;

/// <summary>Fields by name, in the order in which they were added. Names are unique.</summary>
public sealed class MappingNode : Node, IReadOnlyDictionary<string, Node>
{
    // Most mappings have few fields, and order is part of the value: a list, which is searched by hash once it is long.
    private const int LongList = 16;
    private readonly List<Field> _fields = [];
    private Dictionary<string, int>? _index;

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _fields.Select(pair => pair.Name);

    /// <inheritdoc/>
    public IEnumerable<Node> Values => _fields.Select(pair => pair.Value);

    internal ReadOnlySpan<Field> Fields => CollectionsMarshal.AsSpan(_fields);

    /// <summary>The value of a field: null when it is absent; setting null removes it.</summary>
    [AllowNull]
    public Node this[string key]
    {
        get => IndexOf(key) is var index and >= 0 ? _fields[index].Value : null!;
        set
        {
            if (value is null)
                Remove(key);
            else
                Set(key, value, null);
        }
    }

    /// <summary>Whether the field is there, be it null.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>Where the field's name stands in the text; null where there is no such field, or it was not read from a text.</summary>
    public SourcePosition? NamePosition(string name) => IndexOf(name) is var index and >= 0 ? _fields[index].Position : null;

    /// <summary>Takes a field away; says whether it was there.</summary>
    public bool Remove(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
            return false;
        _fields.RemoveAt(index);
        _index = null;
        return true;
    }

    /// <summary>The mapping in a field, which is made where there is none.</summary>
    public MappingNode Ensure(string name)
    {
        if (this[name] is MappingNode found)
            return found;
        var made = new MappingNode();
        this[name] = made;
        return made;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Has(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Node value) => (value = this[key]) is not null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Node>> GetEnumerator() =>
        _fields.Select(pair => new KeyValuePair<string, Node>(pair.Name, pair.Value)).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override Node Clone()
    {
        var copy = new MappingNode { Position = Position };
        foreach (var field in _fields)
            copy._fields.Add(field with { Value = field.Value.Clone() });
        return copy;
    }

    internal void RemoveAll(IEnumerable<string> names)
    {
        var gone = names.ToHashSet(StringComparer.Ordinal);
        _fields.RemoveAll(pair => gone.Contains(pair.Name));
        _index = null;
    }

    // Sets a field that was read from a text. False when it was there already; it then holds the new value all the same.
    internal bool Set(string name, Node value, SourcePosition? position)
    {
        var index = IndexOf(name);
        if (index >= 0)
        {
            _fields[index] = new(name, value, position ?? _fields[index].Position);
            return false;
        }

        _index?.Add(name, _fields.Count);
        _fields.Add(new(name, value, position));
        return true;
    }

    private int IndexOf(string name)
    {
        if (_fields.Count >= LongList)
            return Index().GetValueOrDefault(name, -1);
        for (var i = 0; i < _fields.Count; i++)
        {
            if (_fields[i].Name == name)
                return i;
        }

        return -1;
    }

    private Dictionary<string, int> Index()
    {
        if (_index is not null)
            return _index;
        _index = new(_fields.Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < _fields.Count; i++)
            _index.Add(_fields[i].Name, i);
        return _index;
    }

    internal readonly record struct Field(string Name, Node Value, SourcePosition? Position);
}
