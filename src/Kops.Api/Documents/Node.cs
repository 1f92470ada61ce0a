namespace Kops.Api.Documents;

/// <summary>
/// A value of a document: mapping, sequence or scalar. The tree is the truth of every object that we hold: typed views read and
/// write it, so that a field which no view knows is never lost.
/// </summary>
public abstract class Node
{
    /// <summary>Where the value stands in the text that it was read from; null for values made by a program.</summary>
    public SourcePosition? Position { get; init; }

    /// <summary>A copy that shares nothing with this one.</summary>
    public abstract Node Clone();

    /// <summary>
    /// Whether both say the same: scalars by kind and text, mappings whatever the order of their fields. Absence is null.
    /// </summary>
    public static bool DeepEquals(Node? left, Node? right) =>
        (left, right) switch
        {
            (null, null) => true,
            (ScalarNode a, ScalarNode b) => a.Kind == b.Kind && a.Text == b.Text,
            (SequenceNode a, SequenceNode b) => a.Count == b.Count && a.Zip(b).All(pair => DeepEquals(pair.First, pair.Second)),
            (MappingNode a, MappingNode b) => a.Count == b.Count
                && a.All(field => b.Has(field.Key) && DeepEquals(field.Value, b[field.Key])),
            _ => false,
        };
}
