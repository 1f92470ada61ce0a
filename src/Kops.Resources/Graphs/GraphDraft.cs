using Kops.Resources.Values;

namespace Kops.Resources.Graphs;

/// <summary>A graph while it is made smaller.</summary>
internal sealed class GraphDraft
{
    private readonly List<Box> _boxes;

    public GraphDraft(IReadOnlyList<Resource> resources)
    {
        _boxes =
        [
            .. resources
                .OrderBy(resource => resource.Kind.Phase)
                .ThenBy(resource => resource.Kind.Name, StringComparer.Ordinal)
                .ThenBy(resource => resource.Name, StringComparer.Ordinal)
                .Select(resource => new Box(resource)),
        ];
        var byName = _boxes.ToDictionary(box => (box.Kind, box.Names[0]));
        foreach (var (box, resource) in _boxes.Select(box => (box, box.Resource)))
        foreach (var reference in resource.Attributes.References())
        {
            if (byName.TryGetValue((reference.Kind, reference.Name), out var target) && target != box)
                box.Targets.Add(target);
        }
    }

    /// <summary>Makes one of the details of one kind that belong to the same others, until nothing changes any more.</summary>
    public void FoldDetails()
    {
        while (
            _boxes.Where(box => box.Kind.Shape == Shape.Detail).GroupBy(Belonging).FirstOrDefault(group => group.Count() > 1) is { } same
        )
        {
            var (first, others) = (same.First(), same.Skip(1).ToList());
            first.Names.AddRange(others.SelectMany(box => box.Names));
            foreach (var box in _boxes.Where(box => box.Targets.Overlaps(others)))
            {
                box.Targets.ExceptWith(others);
                box.Targets.Add(first);
            }

            _boxes.RemoveAll(others.Contains);
        }
    }

    /// <summary>Makes lines of what joins two, unless that would close a ring.</summary>
    public void DrawLinks()
    {
        foreach (var link in _boxes.Where(box => box.Kind.Shape == Shape.Link && box.Targets.Count == 2).ToList())
        {
            if (_boxes.Exists(box => box.Targets.Contains(link)))
                continue;
            var ends = link.Targets.OrderBy(target => _boxes.IndexOf(target)).ToList();
            var (from, to) = Reaches(ends[0], ends[1]) ? (ends[0], ends[1]) : (ends[1], ends[0]);
            if (Reaches(to, from))
                continue;
            from.Targets.Add(to);
            _boxes.Remove(link);
        }
    }

    public ResourceGraph Finish(string title)
    {
        var places = _boxes.Index().ToDictionary(box => box.Item, box => box.Index);
        return new(
            title,
            [.. _boxes.Select(box => new GraphNode(box.Kind, box.Names, box.Resource.Ownership == Ownership.Shared))],
            [
                .. from box in _boxes
                from target in box.Targets
                where !box.Targets.Any(other => other != target && Reaches(other, target))
                orderby places[box], places[target]
                select new GraphEdge(places[box], places[target]),
            ]
        );
    }

    private string Belonging(Box box) =>
        $"{box.Kind.Name} {string.Join(' ', box.Targets.Select(target => _boxes.IndexOf(target)).Order())}";

    private static bool Reaches(Box from, Box to)
    {
        var (seen, next) = (new HashSet<Box>(), new Stack<Box>(from.Targets));
        while (next.TryPop(out var box))
        {
            if (box == to)
                return true;
            if (!seen.Add(box))
                continue;
            foreach (var target in box.Targets)
                next.Push(target);
        }

        return false;
    }

    private sealed class Box(Resource resource)
    {
        public Resource Resource { get; } = resource;

        public ResourceKind Kind => Resource.Kind;

        public List<string> Names { get; } = [resource.Name];

        public HashSet<Box> Targets { get; } = [];
    }
}
