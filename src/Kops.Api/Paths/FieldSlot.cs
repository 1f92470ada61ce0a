using Kops.Api.Documents;
using Kops.Api.Schema;

namespace Kops.Api.Paths;

/// <summary>A place in a tree that a value can be put in: a field of a mapping or a position of a list, be it taken or free.</summary>
internal sealed record FieldSlot(FieldPath Path, FieldType? Type, IReadOnlyList<string> OneOf, Node Owner, string Name, int Index)
{
    public Node? Value =>
        Owner switch
        {
            MappingNode mapping => mapping[Name],
            SequenceNode list when Index < list.Count => list[Index],
            _ => null,
        };

    public bool IsEmpty => Value is null or ScalarNode { Kind: ScalarKind.Null };

    public void Put(Node value)
    {
        if (Owner is MappingNode mapping)
            mapping[Name] = value;
        else if (Index < ((SequenceNode)Owner).Count)
            ((SequenceNode)Owner)[Index] = value;
        else
            ((SequenceNode)Owner).Add(value);
    }

    public void Remove()
    {
        if (Owner is MappingNode mapping)
            mapping.Remove(Name);
        else if (Index < ((SequenceNode)Owner).Count)
            ((SequenceNode)Owner).RemoveAt(Index);
    }
}
