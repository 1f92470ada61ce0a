using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Diff;

/// <summary>
/// Merges two edits of one object: what only one side changed is taken over, what both changed alike is taken once, and what they made
/// different is a conflict. Lists of named objects and of different plain values merge item by item: both sides' new items are kept.
/// </summary>
public static class ThreeWayMerge
{
    /// <summary>Merges. The trees are left as they are, and the result shares nothing with them.</summary>
    /// <param name="original">What both started from.</param>
    /// <param name="mine">The one edit.</param>
    /// <param name="theirs">The other edit, whose order of items wins where both added some at one place.</param>
    public static MergeResult Merge(MappingNode original, MappingNode mine, MappingNode theirs)
    {
        var conflicts = new List<FieldConflict>();
        var merged = Values(conflicts, FieldPath.Root, original, mine, theirs);
        return new MergeResult((MappingNode)merged!, conflicts);
    }

    private static Node? Values(List<FieldConflict> conflicts, FieldPath path, Node? original, Node? mine, Node? theirs)
    {
        if (Node.DeepEquals(original, mine) || Node.DeepEquals(mine, theirs))
            return theirs?.Clone();
        if (Node.DeepEquals(original, theirs))
            return mine?.Clone();
        if (mine is MappingNode left && theirs is MappingNode right)
            return Mappings(conflicts, path, original as MappingNode ?? new MappingNode(), left, right);
        if (
            mine is SequenceNode ours
            && theirs is SequenceNode others
            && Lists(conflicts, path, original as SequenceNode ?? [], ours, others) is { } list
        )
            return list;
        conflicts.Add(new FieldConflict(path, original?.Clone(), mine?.Clone(), theirs?.Clone()));
        return theirs?.Clone();
    }

    private static MappingNode Mappings(
        List<FieldConflict> conflicts,
        FieldPath path,
        MappingNode original,
        MappingNode mine,
        MappingNode theirs
    )
    {
        var merged = new MappingNode();
        foreach (var name in theirs.Keys.Union(mine.Keys, StringComparer.Ordinal).Union(original.Keys, StringComparer.Ordinal))
            merged[name] = Values(conflicts, path.Field(name), original[name], mine[name], theirs[name]);
        return merged;
    }

    // Null when the items cannot be told apart.
    private static SequenceNode? Lists(
        List<FieldConflict> conflicts,
        FieldPath path,
        SequenceNode original,
        SequenceNode mine,
        SequenceNode theirs
    )
    {
        if (Index(original) is { } was && Index(mine) is { } left && Index(theirs) is { } right)
        {
            // Whoever changed the order of what was there decides it; both cannot.
            var (mineMoved, theirsMoved) = (IsMoved(original, mine), IsMoved(original, theirs));
            if (mineMoved && theirsMoved)
                return null;
            return mineMoved ? Items(right, left) : Items(left, right);

            SequenceNode Items(OrderedDictionary<string, Node> changes, OrderedDictionary<string, Node> order)
            {
                var ids = order.Keys.ToList();
                string? previous = null;
                foreach (var id in changes.Keys)
                {
                    // Behind what it stands behind on its own side, or first. An item of the original is back only for its conflict.
                    if (!order.ContainsKey(id))
                        ids.Insert(previous is null ? 0 : ids.IndexOf(previous) + 1, id);
                    previous = id;
                }

                var list = new SequenceNode();
                foreach (var id in ids)
                {
                    var (before, ours, others) = (was.GetValueOrDefault(id), left.GetValueOrDefault(id), right.GetValueOrDefault(id));
                    var itemPath = FieldPath.NameOf((ours ?? others)!) is { } name ? path.Key(name) : path;
                    if (Values(conflicts, itemPath, before, ours, others) is { } item)
                        list.Add(item);
                }

                return list;
            }
        }

        if (original.Count != mine.Count || original.Count != theirs.Count)
            return null;
        var merged = new SequenceNode();
        for (var i = 0; i < original.Count; i++)
            merged.Add(Values(conflicts, path.At(i), original[i], mine[i], theirs[i])!);
        return merged;
    }

    private static bool IsMoved(SequenceNode original, SequenceNode edited)
    {
        var (before, after) = (ListItems.Identities(original)!, ListItems.Identities(edited)!);
        return !before
            .Intersect(after, StringComparer.Ordinal)
            .SequenceEqual(after.Intersect(before, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    // The items by identity, in order; null when two are the same or nothing tells them apart.
    private static OrderedDictionary<string, Node>? Index(SequenceNode list)
    {
        if (ListItems.Identities(list) is not { } ids)
            return null;
        var index = new OrderedDictionary<string, Node>(StringComparer.Ordinal);
        return ids.Zip(list).All(pair => index.TryAdd(pair.First, pair.Second)) ? index : null;
    }
}
