using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Diff;

/// <summary>
/// The difference of two versions of an object, field by field. Objects in a list are matched by <c>name</c> where they all have one,
/// else by position if their number is the same; other items are matched by value. Fields come in alphabetical order, items in theirs.
/// </summary>
public static class FieldDiff
{
    /// <summary>What makes the first version the second. Nothing is shared with the trees: the values are copies.</summary>
    public static IReadOnlyList<FieldChange> Compare(Node before, Node after)
    {
        var changes = new List<FieldChange>();
        Values(changes, FieldPath.Root, before, after);
        return changes;
    }

    /// <summary>Makes the changes in the version that they were computed from, which then is the other version.</summary>
    public static void Apply(MappingNode root, IReadOnlyList<FieldChange> changes)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(changes);
        // Positions of items that went are the old list's, those of items that came are the new one's.
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Removed).Reverse())
            Remove(Owner(root, change), change);
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Changed))
            Put(Owner(root, change), change);
        foreach (var change in changes.Where(change => change.Kind == ChangeKind.Added))
            Put(Owner(root, change), change);
    }

    private static void Values(List<FieldChange> changes, FieldPath path, Node? before, Node? after)
    {
        switch (before, after)
        {
            case (MappingNode left, MappingNode right):
                foreach (var name in left.Keys.Union(right.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
                    Values(changes, path.Field(name), left[name], right[name]);
                break;
            case (SequenceNode left, SequenceNode right):
                Lists(changes, path, left, right);
                break;
            case var _ when !Node.DeepEquals(before, after):
                changes.Add(new FieldChange(path, before?.Clone(), after?.Clone()));
                break;
            default:
                break;
        }
    }

    private static void Lists(List<FieldChange> changes, FieldPath path, SequenceNode before, SequenceNode after)
    {
        var (was, now) = (ListItems.Identities(before), ListItems.Identities(after));
        var byName = was is not null && now is not null;
        var pairs =
            byName ? ListItems.Align(was!, now!, static (a, b) => a == b)
            : before.Count == after.Count ? [.. Enumerable.Range(0, before.Count).Select(index => (index, index))]
            : ListItems.Align(before, after, Node.DeepEquals);
        var (i, j) = (0, 0);
        foreach (var (left, right) in pairs.Append((before.Count, after.Count)))
        {
            for (; i < left; i++)
                changes.Add(new FieldChange(ListItems.PathOf(path, before, i, byName), before[i].Clone(), null, i));
            for (; j < right; j++)
                changes.Add(new FieldChange(ListItems.PathOf(path, after, j, byName), null, after[j].Clone(), j));
            if (left < before.Count)
                Values(changes, ListItems.PathOf(path, before, i, byName), before[left], after[right]);
            (i, j) = (i + 1, j + 1);
        }
    }

    private static Node Owner(MappingNode root, FieldChange change) =>
        change.Path.Parent.Find(root).FirstOrDefault()
        ?? throw new ArgumentException(
            $"the object has no '{change.Path.Parent}', so it is not what the changes were computed from",
            nameof(root)
        );

    private static void Remove(Node owner, FieldChange change)
    {
        if (change.Index is { } index)
            ((SequenceNode)owner).RemoveAt(index);
        else
            ((MappingNode)owner).Remove(change.Path.Segments[^1].Name);
    }

    private static void Put(Node owner, FieldChange change)
    {
        var (last, value) = (change.Path.Segments[^1], change.After!.Clone());
        if (owner is MappingNode mapping)
            mapping[last.Name] = value;
        else if (change.Index is { } index)
            ((SequenceNode)owner).Insert(index, value);
        else
            ((SequenceNode)owner)[last.Index] = value;
    }
}
