namespace Kops.Api.Documents;

/// <summary>A list of values.</summary>
public sealed class SequenceNode : Node, IList<Node>, IReadOnlyList<Node>
{
    private readonly List<Node> _items = [];

    /// <inheritdoc cref="IReadOnlyCollection{T}.Count"/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc cref="IList{T}.this"/>
    public Node this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    /// <inheritdoc/>
    public void Add(Node item) => _items.Add(item);

    /// <inheritdoc/>
    public void Insert(int index, Node item) => _items.Insert(index, item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => _items.RemoveAt(index);

    /// <inheritdoc/>
    public bool Remove(Node item) => _items.Remove(item);

    /// <inheritdoc/>
    public void Clear() => _items.Clear();

    /// <inheritdoc/>
    public bool Contains(Node item) => _items.Contains(item);

    /// <inheritdoc/>
    public int IndexOf(Node item) => _items.IndexOf(item);

    /// <inheritdoc/>
    public void CopyTo(Node[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Node> GetEnumerator() => _items.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override Node Clone()
    {
        var copy = new SequenceNode { Position = Position };
        copy._items.AddRange(_items.Select(item => item.Clone()));
        return copy;
    }
}
