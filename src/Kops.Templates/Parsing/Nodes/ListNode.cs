namespace Kops.Templates.Parsing.Nodes;

/// <summary>Nodes that are executed one after the other.</summary>
internal sealed class ListNode(int position) : Node(NodeKind.List, position)
{
    private Node[] _items = [];
    private int _count;

    public ReadOnlySpan<Node> Items => _items.AsSpan(0, _count);

    public void Add(Node node)
    {
        if (_count == _items.Length)
            Array.Resize(ref _items, Math.Max(4, _count * 2));
        _items[_count++] = node;
    }

    /// <summary>Whether it holds nothing but blanks: such a definition replaces no other.</summary>
    public bool IsBlank()
    {
        foreach (var item in Items)
        {
            if (item is not TextNode text || !string.IsNullOrWhiteSpace(text.Text))
                return false;
        }

        return true;
    }
}
