using System.Globalization;
using System.Security;
using System.Text;
using Kops.Resources.Values;

namespace Kops.Resources.Graphs;

/// <summary>A graph as a picture: what is needed by most stands at the left, and each box at the right of all that it needs.</summary>
public static class SvgWriter
{
    private const int Width = 190;
    private const int Height = 40;
    private const int Row = 52;
    private const int Gap = 90;
    private const int Margin = 24;
    private const int Head = 44;
    private const int Foot = 48;

    /// <summary>The picture; ends in a line break.</summary>
    public static string Write(ResourceGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var layout = new GraphLayout(graph);
        var width = Math.Max((2 * Margin) + (layout.Columns * (Width + Gap)) - Gap, 700);
        var height = Head + Foot + (int)Math.Ceiling(layout.Rows * Row);
        var text = new StringBuilder(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" "
                + $"font-family=\"sans-serif\" font-size=\"12\" fill=\"{GraphColours.Text}\">\n"
        )
            .Append(
                "<defs><marker id=\"to\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
            )
            .Append($"<path d=\"M0 0L8 4L0 8z\" fill=\"{GraphColours.Line}\"/></marker></defs>\n")
            .Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n")
            .Append($"<text x=\"{Margin}\" y=\"28\" font-size=\"16\" font-weight=\"bold\">{Escape(graph.Title)}</text>\n")
            .Append($"<g fill=\"none\" stroke=\"{GraphColours.Line}\">\n");
        foreach (var line in layout.Lines)
            text.Append(Line(line));
        text.Append("</g>\n");
        foreach (var (node, box) in graph.Nodes.Zip(layout.Boxes))
            text.Append(Box(graph, node, X(box), Y(box)));
        return text.Append(Legend(graph, height - Foot + 16)).Append("</svg>\n").ToString();
    }

    private static int X(GraphPoint point) => Margin + (point.Column * (Width + Gap));

    private static double Y(GraphPoint point) => Head + (point.Row * Row);

    // From the left edge of the box that needs to the right edge of the other; bends pass a column at full width.
    private static string Line(IReadOnlyList<GraphPoint> points)
    {
        var path = new StringBuilder();
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var (x1, y1, x2, y2) = (X(from), Middle(from), X(to) + Width, Middle(to));
            path.Append(i == 0 ? $"M{x1} {y1}" : $"L{x1} {y1}").Append($"C{x1 - (Gap / 2)} {y1} {x2 + (Gap / 2)} {y2} {x2} {y2}");
        }

        return $"<path d=\"{path}\" marker-end=\"url(#to)\"/>\n";

        static string Middle(GraphPoint point) => Number(Y(point) + (Height / 2));
    }

    private static string Box(ResourceGraph graph, GraphNode node, int x, double y)
    {
        var (kind, name) = (GraphLabels.Kind(node), GraphLabels.Name(node, graph.Title));
        var dashes = node.IsShared ? " stroke-dasharray=\"5 4\"" : string.Empty;
        var centre = x + (Width / 2);
        var text = new StringBuilder($"<g text-anchor=\"middle\"><title>{Escape(string.Join('\n', node.Names))}</title>")
            .Append($"<rect x=\"{x}\" y=\"{Number(y)}\" width=\"{Width}\" height=\"{Height}\" rx=\"5\" fill=\"{GraphColours.Fill(node)}\" ")
            .Append($"stroke=\"{GraphColours.Border(node)}\"{dashes}/>");
        if (name.Length == 0)
            text.Append($"<text x=\"{centre}\" y=\"{Number(y + 24)}\" font-weight=\"bold\">{Escape(kind)}</text>");
        else
            text.Append($"<text x=\"{centre}\" y=\"{Number(y + 17)}\" font-weight=\"bold\">{Escape(kind)}</text>")
                .Append($"<text x=\"{centre}\" y=\"{Number(y + 32)}\" font-size=\"11\">{Escape(name)}</text>");
        return text.Append("</g>\n").ToString();
    }

    private static string Legend(ResourceGraph graph, int y)
    {
        (string Label, GraphNode Sample)[] rows =
        [
            ("network", Sample(Phase.Network)),
            ("who may do what", Sample(Phase.Security)),
            ("machines and what they need", Sample(Phase.Cluster)),
            ("brought along by the user", Sample(Phase.Network, isShared: true)),
        ];
        var (text, x) = (new StringBuilder(), Margin);
        foreach (var (label, sample) in rows.Where(row => !row.Sample.IsShared || graph.Nodes.Any(node => node.IsShared)))
        {
            var dashes = sample.IsShared ? " stroke-dasharray=\"5 4\"" : string.Empty;
            text.Append($"<rect x=\"{x}\" y=\"{y}\" width=\"16\" height=\"12\" rx=\"3\" fill=\"{GraphColours.Fill(sample)}\" ")
                .Append($"stroke=\"{GraphColours.Border(sample)}\"{dashes}/>")
                .Append($"<text x=\"{x + 22}\" y=\"{y + 10}\" font-size=\"11\">{label}</text>\n");
            x += 40 + (7 * label.Length);
        }

        return text.ToString();
    }

    private static GraphNode Sample(Phase phase, bool isShared = false) => new(new(string.Empty) { Phase = phase }, [], isShared);

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escape(string text) => SecurityElement.Escape(text);
}
