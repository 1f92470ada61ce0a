namespace Kops.Architecture.Tests.Folders;

/// <summary>
/// The folders of a project and which uses which, with a pair of types that shows it. A namespace is a folder, unless the file of a
/// type lies elsewhere: what belongs together for who uses a library may lie on two floors of it.
/// </summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = new(StringComparer.Ordinal);

    public FolderGraph(IEnumerable<(Type User, Type Used)> uses, Func<Type, string> folderOf)
    {
        foreach (var (user, used) in uses)
        {
            var (from, to) = (folderOf(user), folderOf(used));
            if (from == to)
                continue;
            var examples = _uses.TryGetValue(from, out var known) ? known : _uses[from] = new(StringComparer.Ordinal);
            examples.TryAdd(to, $"{user.Name} uses {used.Name}");
        }
    }

    public static FolderGraph Of(string project) => new(TypeUses.Of(Repository.Assembly(project)), new SourceFolders(project).Of);

    /// <summary>The folders from which one comes back to where one was, in order.</summary>
    public IReadOnlyList<string> InRings() => [.. _uses.Keys.Where(folder => Ring(folder).Count > 0).Order(StringComparer.Ordinal)];

    /// <summary>One shortest ring through each folder that is in one, a line a step.</summary>
    public override string ToString() => string.Join("\n\n", InRings().Select(Ring).Select(Describe).Distinct());

    private string Describe(IReadOnlyList<string> ring)
    {
        var first = ring.Min(StringComparer.Ordinal)!;
        var start = ring.ToList().IndexOf(first);
        var turned = ring.Skip(start).Concat(ring.Take(start)).Append(first).ToList();
        return string.Join('\n', turned.Zip(turned.Skip(1), (from, to) => $"  {from} -> {to} ({_uses[from][to]})"));
    }

    /// <summary>The shortest way from a folder back to it; empty where there is none.</summary>
    private IReadOnlyList<string> Ring(string folder)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([folder]);
        while (next.TryDequeue(out var at))
        {
            foreach (var to in _uses.GetValueOrDefault(at)?.Keys ?? Enumerable.Empty<string>())
            {
                if (to == folder)
                    return Back(cameFrom, folder, at);
                if (cameFrom.TryAdd(to, at))
                    next.Enqueue(to);
            }
        }

        return [];
    }

    private static List<string> Back(Dictionary<string, string> cameFrom, string folder, string last)
    {
        var way = new List<string>();
        for (var at = last; at != folder; at = cameFrom[at])
            way.Add(at);
        way.Add(folder);
        way.Reverse();
        return way;
    }
}
