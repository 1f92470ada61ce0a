namespace Kops.Resources.Graphs;

/// <summary>
/// Places boxes in columns: each stands to the right of all that it needs (the layered drawing of Sugiyama, Tagawa and Toda). What hangs
/// together stands together; boxes without lines come last, side by side.
/// </summary>
internal sealed class GraphLayout
{
    private const double Between = 0.6;

    private readonly List<GraphPoint> _points;

    public GraphLayout(ResourceGraph graph)
    {
        Boxes = [.. Ranks(graph).Select(rank => new GraphPoint(rank))];
        _points = [.. Boxes];
        Lines = [.. graph.Edges.Select(edge => Route(Boxes[edge.From], Boxes[edge.To]))];
        Columns = Boxes.Select(box => box.Column).DefaultIfEmpty().Max() + 1;
        var row = 0.0;
        foreach (var part in Parts())
        {
            Columned.Arrange(part);
            foreach (var point in part)
                point.Row += row;
            row = part.Max(point => point.Row) + 1 + Between;
        }

        foreach (var (i, box) in Boxes.Where(IsAlone).Index())
            (box.Column, box.Row) = (i % Columns, row + (i / Columns));
    }

    /// <summary>Where each box stands.</summary>
    public IReadOnlyList<GraphPoint> Boxes { get; }

    /// <summary>What each line goes through, from the box that needs to that which is needed.</summary>
    public IReadOnlyList<IReadOnlyList<GraphPoint>> Lines { get; }

    public int Columns { get; }

    public double Rows => _points.Select(point => point.Row).DefaultIfEmpty().Max() + 1;

    private static int[] Ranks(ResourceGraph graph)
    {
        var ranks = new int[graph.Nodes.Count];
        for (var changed = true; changed; )
        {
            changed = false;
            foreach (var edge in graph.Edges.Where(edge => ranks[edge.From] <= ranks[edge.To]))
            {
                ranks[edge.From] = ranks[edge.To] + 1;
                changed = true;
            }
        }

        // What needs nothing stands beside the first that needs it.
        foreach (var needed in graph.Edges.GroupBy(edge => edge.To).Where(needed => ranks[needed.Key] == 0))
            ranks[needed.Key] = needed.Min(edge => ranks[edge.From]) - 1;
        return ranks;
    }

    // Through a point in each column between, so that lines pass boxes by.
    private List<GraphPoint> Route(GraphPoint from, GraphPoint to)
    {
        var line = new List<GraphPoint> { from };
        for (var column = from.Column - 1; column > to.Column; column--)
        {
            var bend = new GraphPoint(column) { IsBend = true };
            _points.Add(bend);
            line.Add(bend);
        }

        line.Add(to);
        foreach (var (right, left) in line.Zip(line.Skip(1)))
        {
            right.Left.Add(left);
            left.Right.Add(right);
        }

        return line;
    }

    // The largest first.
    private IEnumerable<List<GraphPoint>> Parts()
    {
        var (seen, parts) = (new HashSet<GraphPoint>(), new List<List<GraphPoint>>());
        foreach (var point in Boxes.Where(box => !IsAlone(box)))
        {
            if (seen.Contains(point))
                continue;
            var whole = point.Whole();
            seen.UnionWith(whole);
            parts.Add([.. _points.Where(whole.Contains)]);
        }

        return parts.OrderByDescending(part => part.Count);
    }

    private static bool IsAlone(GraphPoint box) => box.Left.Count + box.Right.Count == 0;
}
