using System.Collections;
using Kops.Api.Documents;

namespace Kops.Api.Views;

/// <summary>A list field as a live list: adding the first item makes the field, and an absent field is an empty list.</summary>
public sealed class ListView<T> : IList<T>, IReadOnlyList<T>
{
    private readonly MappingNode _owner;
    private readonly string _name;
    private readonly Func<Node, T> _read;
    private readonly Func<T, Node> _write;

    internal ListView(MappingNode owner, string name, Func<Node, T> read, Func<T, Node> write) =>
        (_owner, _name, _read, _write) = (owner, name, read, write);

    /// <summary>Whether the field is there, be it an empty list.</summary>
    public bool IsPresent => _owner[_name] is SequenceNode;

    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => Items?.Count ?? 0;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    private SequenceNode? Items => _owner[_name] as SequenceNode;

    /// <inheritdoc cref="IList{T}.this"/>
    public T this[int index]
    {
        get => _read(Made()[index]);
        set => Made()[index] = _write(value);
    }

    /// <inheritdoc/>
    public void Add(T item) => Made().Add(_write(item));

    /// <summary>Adds several items.</summary>
    public void AddRange(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
            Add(item);
    }

    /// <summary>Makes the field hold these items alone; with none, the field is removed.</summary>
    public void Set(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        T[] kept = [.. items];
        Clear();
        AddRange(kept);
    }

    /// <summary>Removes the field.</summary>
    public void Clear() => _owner.Remove(_name);

    /// <inheritdoc/>
    public void Insert(int index, T item) => Made().Insert(index, _write(item));

    /// <inheritdoc/>
    public void RemoveAt(int index) => Made().RemoveAt(index);

    /// <inheritdoc/>
    public bool Remove(T item)
    {
        var index = IndexOf(item);
        if (index >= 0)
            RemoveAt(index);
        return index >= 0;
    }

    /// <inheritdoc/>
    public int IndexOf(T item)
    {
        var node = _write(item);
        for (var i = 0; i < Count; i++)
        {
            if (Node.DeepEquals(Made()[i], node))
                return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    public bool Contains(T item) => IndexOf(item) >= 0;

    /// <inheritdoc/>
    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var item in this)
            array[arrayIndex++] = item;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => (Items ?? Enumerable.Empty<Node>()).Select(_read).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private SequenceNode Made()
    {
        if (Items is { } found)
            return found;
        var made = new SequenceNode();
        _owner[_name] = made;
        return made;
    }
}
