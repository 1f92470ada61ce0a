namespace Kops.Resources.Graphs;

/// <summary>Orders the points of each column so that few lines cross, and moves them up and down until lines are short.</summary>
internal sealed class Columned
{
    private const int Sweeps = 12;
    private const int Settlings = 24;

    private readonly List<List<GraphPoint>> _columns;

    private Columned(IReadOnlyList<GraphPoint> points) =>
        _columns = [.. points.GroupBy(point => point.Column).OrderBy(column => column.Key).Select(column => column.ToList())];

    /// <summary>Gives the points of one part of a graph their rows, from 0 on.</summary>
    public static void Arrange(IReadOnlyList<GraphPoint> points)
    {
        var columns = new Columned(points);
        columns.Order();
        columns.Settle();
        var top = points.Min(point => point.Row);
        foreach (var point in points)
            point.Row -= top;
    }

    // By the middle of the neighbours, to the right and back again; the best order that was seen is kept.
    private void Order()
    {
        _columns.ForEach(Number);
        var best = _columns.ConvertAll(column => column.ToList());
        var fewest = Crossings();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var isForward = sweep % 2 == 0;
            foreach (var column in isForward ? _columns : _columns.AsEnumerable().Reverse())
            {
                var middles = column.ToDictionary(point => point, point => Middle(isForward ? point.Left : point.Right, point.Row));
                List<GraphPoint> sorted = [.. column.OrderBy(point => middles[point])];
                column.Clear();
                column.AddRange(sorted);
                Number(column);
            }

            if (Crossings() is var crossings && crossings < fewest)
                (fewest, best) = (crossings, _columns.ConvertAll(column => column.ToList()));
        }

        _columns.Clear();
        _columns.AddRange(best);
        _columns.ForEach(Number);
    }

    private static void Number(List<GraphPoint> column)
    {
        for (var i = 0; i < column.Count; i++)
            column[i].Row = i;
    }

    private int Crossings()
    {
        var crossings = 0;
        foreach (var column in _columns)
        {
            var lines = column.SelectMany(point => point.Left.Select(left => (From: point.Row, To: left.Row))).ToList();
            for (var i = 0; i < lines.Count; i++)
            for (var j = i + 1; j < lines.Count; j++)
            {
                if ((lines[i].From - lines[j].From) * (lines[i].To - lines[j].To) < 0)
                    crossings++;
            }
        }

        return crossings;
    }

    private void Settle()
    {
        for (var pass = 0; pass < Settlings; pass++)
        {
            foreach (var column in pass % 2 == 0 ? _columns : _columns.AsEnumerable().Reverse())
                Settle(column);
        }
    }

    // Each as near to its neighbours as the others of its column allow: between what fits from above and from below.
    private static void Settle(List<GraphPoint> column)
    {
        var down = column.Select(point => Middle([.. point.Left, .. point.Right], point.Row)).ToArray();
        double[] up = [.. down];
        for (var i = 1; i < column.Count; i++)
            down[i] = Math.Max(down[i], down[i - 1] + Apart(column[i - 1], column[i]));
        for (var i = column.Count - 2; i >= 0; i--)
            up[i] = Math.Min(up[i], up[i + 1] - Apart(column[i], column[i + 1]));
        for (var i = 0; i < column.Count; i++)
            column[i].Row = (down[i] + up[i]) / 2;
    }

    // Lines may run closer together than boxes stand.
    private static double Apart(GraphPoint one, GraphPoint next) =>
        one.IsBend && next.IsBend ? 0.25
        : one.IsBend || next.IsBend ? 0.7
        : 1;

    private static double Middle(List<GraphPoint> neighbours, double otherwise) =>
        neighbours.Count == 0 ? otherwise : neighbours.Average(point => point.Row);
}
