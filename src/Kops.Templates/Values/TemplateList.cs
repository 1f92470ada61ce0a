using System.Collections;

namespace Kops.Templates.Values;

/// <summary>A list: Go's slice. It does not change.</summary>
public sealed class TemplateList : IReadOnlyList<Value>
{
    private readonly Value[] _items;

    /// <summary>Creates a list.</summary>
    /// <param name="items">Its elements.</param>
    /// <param name="elementType">Their type in Go, for its own name and printing.</param>
    public TemplateList(IEnumerable<Value> items, string elementType = GoTypes.Any)
        : this([.. items], elementType) { }

    internal TemplateList(Value[] items, string elementType = GoTypes.Any) => (_items, ElementType) = (items, elementType);

    /// <summary>The type of its elements in Go.</summary>
    public string ElementType { get; }

    /// <inheritdoc/>
    public int Count => _items.Length;

    internal string TypeName => "[]" + ElementType;
    internal ReadOnlySpan<Value> Items => _items;

    /// <inheritdoc/>
    public Value this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<Value> GetEnumerator() => ((IEnumerable<Value>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static TemplateList OfTexts(IEnumerable<string> texts) => new([.. texts.Select(text => (Value)text)], "string");

    internal TemplateList Slice(int start, int end) => new(_items[start..end], ElementType);
}
