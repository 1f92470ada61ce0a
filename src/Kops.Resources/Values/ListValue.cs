namespace Kops.Resources.Values;

/// <summary>A list. A list of blocks is the same block several times; an empty list says nothing.</summary>
/// <param name="Items">What is in it, in order.</param>
public sealed record ListValue(IReadOnlyList<Value> Items) : Value
{
    /// <summary>Whether the order means nothing, nor does an item that is there twice: targets write them in an order of theirs.</summary>
    public bool IsSet { get; init; }
}
