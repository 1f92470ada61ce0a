using System.Diagnostics.CodeAnalysis;

namespace Kops.Api.Documents;

/// <summary>Fields by name, in the order in which they were added. Names are unique.</summary>
public sealed class MappingNode : Node, IReadOnlyDictionary<string, Node>
{
    // A linear list: mappings of this domain have few fields, and order is part of the value.
    private readonly List<KeyValuePair<string, Node>> _fields = [];

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _fields.Select(pair => pair.Key);

    /// <inheritdoc/>
    public IEnumerable<Node> Values => _fields.Select(pair => pair.Value);

    /// <summary>The value of a field: null when it is absent; setting null removes it.</summary>
    [AllowNull]
    public Node this[string key]
    {
        get => IndexOf(key) is var index and >= 0 ? _fields[index].Value : null!;
        set
        {
            var index = IndexOf(key);
            if (value is null)
            {
                if (index >= 0) _fields.RemoveAt(index);
            }
            else if (index >= 0)
            {
                _fields[index] = new(key, value);
            }
            else
            {
                _fields.Add(new(key, value));
            }
        }
    }

    /// <summary>Whether the field is there, be it null.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>Takes a field away; says whether it was there.</summary>
    public bool Remove(string name)
    {
        var index = IndexOf(name);
        if (index >= 0) _fields.RemoveAt(index);
        return index >= 0;
    }

    /// <summary>The mapping in a field, which is made where there is none.</summary>
    public MappingNode Ensure(string name)
    {
        if (this[name] is MappingNode found) return found;
        var made = new MappingNode();
        this[name] = made;
        return made;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Has(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Node value) => (value = this[key]) is not null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Node>> GetEnumerator() => _fields.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override Node Clone()
    {
        var copy = new MappingNode { Position = Position };
        foreach (var (name, value) in _fields) copy._fields.Add(new(name, value.Clone()));
        return copy;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (_fields[i].Key == name) return i;
        }

        return -1;
    }
}
