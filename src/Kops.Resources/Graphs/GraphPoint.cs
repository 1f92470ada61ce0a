namespace Kops.Resources.Graphs;

/// <summary>Where a box stands, or a line bends.</summary>
/// <param name="column">Its column, the leftmost is 0.</param>
internal sealed class GraphPoint(int column)
{
    public int Column { get; set; } = column;

    /// <summary>How far down, in rows.</summary>
    public double Row { get; set; }

    public bool IsBend { get; init; }

    public List<GraphPoint> Left { get; } = [];

    public List<GraphPoint> Right { get; } = [];

    /// <summary>All that it hangs together with, itself included.</summary>
    public HashSet<GraphPoint> Whole()
    {
        var (seen, next) = (new HashSet<GraphPoint> { this }, new Stack<GraphPoint>([this]));
        while (next.TryPop(out var point))
        {
            foreach (var other in point.Left.Concat(point.Right).Where(seen.Add))
                next.Push(other);
        }

        return seen;
    }
}
