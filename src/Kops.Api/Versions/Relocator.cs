using Kops.Api.Documents;
using Kops.Api.Paths;

namespace Kops.Api.Versions;

/// <summary>Applies a table of relocations to a document.</summary>
internal sealed class Relocator(MappingNode root, IReadOnlyList<Relocation> relocations, ConversionNotes notes)
{
    private readonly PathTrail _path = new();

    /// <summary>From v1alpha2 to v1alpha3.</summary>
    /// <param name="cloud">The cluster's cloud; null where that is in doubt.</param>
    /// <param name="keepsStoredFields">Whether to leave in place what kOps would keep when it writes v1alpha2 again.</param>
    public void ToLater(string? cloud, bool keepsStoredFields)
    {
        foreach (var relocation in relocations)
        {
            if (relocation.Stored is not { } from || (relocation.Later is null && relocation.IsKeptInStored && keepsStoredFields))
                continue;
            Each(
                root,
                relocation.At,
                0,
                owner =>
                    Leaf(
                        owner,
                        from,
                        (parent, name, value) =>
                        {
                            if (relocation.Later is not { } to)
                            {
                                Drop(relocation, parent, name, value);
                            }
                            else if (relocation.Cloud is { } needed && needed != cloud)
                            {
                                if (relocation.IsDroppedElsewhere)
                                    Drop(relocation, parent, name, value);
                                else if (cloud is not null)
                                    notes.Refuse(_path.ToString(), WrongCloud(needed, cloud), parent.NamePosition(name));
                            }
                            else
                            {
                                Put(
                                    relocation,
                                    owner,
                                    parent,
                                    name,
                                    to,
                                    relocation.Rule is { } rule ? rule.ToLater(value, new(notes, _path, value)) : value
                                );
                            }
                        }
                    )
            );
        }
    }

    /// <summary>From v1alpha3 to v1alpha2.</summary>
    public void ToStored()
    {
        for (var i = relocations.Count - 1; i >= 0; i--)
        {
            var relocation = relocations[i];
            if (relocation.Later is not { } from)
                continue;
            Each(
                root,
                relocation.At,
                0,
                owner =>
                    Leaf(
                        owner,
                        from,
                        (parent, name, value) =>
                        {
                            if (relocation.Stored is { } to)
                                Put(
                                    relocation,
                                    owner,
                                    parent,
                                    name,
                                    to,
                                    relocation.Rule is { } rule ? rule.ToStored(value, new(notes, _path, value)) : value
                                );
                            else
                                Drop(relocation, parent, name, value);
                        }
                    )
            );
        }
    }

    /// <summary>Takes away the objects of the later version that hold nothing any more.</summary>
    public void Tidy(IReadOnlyList<Relocation> places)
    {
        foreach (var place in places)
        {
            Each(
                root,
                place.At,
                0,
                owner =>
                    Leaf(
                        owner,
                        place.Later!,
                        (parent, name, value) =>
                        {
                            if (value is MappingNode { Count: 0 })
                                parent.Remove(name);
                        }
                    )
            );
        }
    }

    private static string WrongCloud(string needed, string cloud) =>
        $"is a setting of {needed}, and the cluster's cloud is {(cloud.Length == 0 ? "none" : cloud)}: remove it";

    private void Drop(Relocation relocation, MappingNode parent, string name, Node value)
    {
        if (relocation.Implied is null || value is not ScalarNode scalar || scalar.Text != relocation.Implied)
        {
            if (relocation.IsKeptInStored)
                notes.Drop(_path.ToString(), parent.NamePosition(name), "has no place in v1alpha3");
            else
                notes.Drop(_path.ToString(), parent.NamePosition(name));
        }

        parent.Remove(name);
    }

    private void Put(Relocation relocation, MappingNode owner, MappingNode parent, string name, string[] to, Node? value)
    {
        var position = parent.NamePosition(name);
        var target = owner;
        foreach (var step in to.AsSpan()[..^1])
            target = target.Ensure(step);
        var isSamePlace = ReferenceEquals(target, parent) && name == to[^1];
        // A cloud's object stands there already, empty.
        if (!isSamePlace && target[to[^1]] is { } taken and not MappingNode { Count: 0 })
        {
            notes.Refuse(_path.ToString(), $"says the same as '{to[^1]}', which is set too: keep one of them", position ?? taken.Position);
            return;
        }

        if (!isSamePlace || value is null)
            parent.Remove(name);
        if (value is not null)
            target.Set(to[^1], value, position);
    }

    private void Each(Node node, string[] steps, int at, Action<MappingNode> visit)
    {
        if (at == steps.Length)
        {
            if (node is MappingNode owner)
                visit(owner);
            return;
        }

        if (steps[at] == Relocation.EveryItem)
        {
            if (node is not SequenceNode list)
                return;
            for (var i = 0; i < list.Count; i++)
            {
                _path.EnterItem(i);
                Each(list[i], steps, at + 1, visit);
                _path.Leave();
            }
        }
        else if (node is MappingNode mapping && mapping[steps[at]] is { } value)
        {
            _path.EnterField(steps[at]);
            Each(value, steps, at + 1, visit);
            _path.Leave();
        }
    }

    // Goes down to a field; nothing happens where it is not there.
    private void Leaf(MappingNode owner, string[] steps, Action<MappingNode, string, Node> visit)
    {
        var parent = owner;
        foreach (var step in steps.AsSpan()[..^1])
        {
            if (parent[step] is not MappingNode next)
                return;
            parent = next;
        }

        if (parent[steps[^1]] is not { } value)
            return;
        foreach (var step in steps)
            _path.EnterField(step);
        visit(parent, steps[^1], value);
        foreach (var _ in steps)
            _path.Leave();
    }
}
