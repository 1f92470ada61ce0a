using System.Xml.Linq;
using Kops.Api;
using Kops.Resources.Graphs;
using Kops.Resources.Values;

namespace Kops.Resources.Tests.Graphs;

/// <summary>A picture of resources: all of them are in it, and it can be read.</summary>
public sealed class Graphs_are_drawn
{
    private const string Name = "c.example.com";

    [Fact]
    public void Every_resource_is_in_it_or_is_a_line()
    {
        var resources = AwsCases.Build(AwsCases.Cluster());

        var shown = ResourceGraph.Of(Name, resources).Nodes.SelectMany(node => node.Names.Select(name => (node.Kind.Name, name)));

        Assert.Equal(
            resources
                .Resources.Where(resource => resource.Kind.Shape != Shape.Link)
                .Select(resource => (resource.Kind.Name, resource.Name))
                .Order(),
            shown.Order()
        );
    }

    [Fact]
    public void What_joins_two_is_a_line_between_them()
    {
        var graph = ResourceGraph.Of(Name, AwsCases.Build(AwsCases.Cluster()));
        var (subnet, table) = (At(graph, "aws_subnet"), At(graph, "aws_route_table"));

        Assert.Contains(graph.Edges, edge => (edge.From, edge.To) == (subnet, table) || (edge.From, edge.To) == (table, subnet));
    }

    [Fact]
    public void Details_of_the_same_are_counted()
    {
        var graph = ResourceGraph.Of(Name, AwsCases.Build(AwsCases.Cluster()));

        Assert.Equal(2, graph.Nodes.Single(node => node.Kind.Name == "aws_route").Names.Count);
    }

    [Fact]
    public void A_line_that_follows_from_others_is_left_out()
    {
        var graph = ResourceGraph.Of(Name, AwsCases.Build(AwsCases.Cluster()));
        var (group, vpc) = (At(graph, "aws_autoscaling_group"), At(graph, "aws_vpc"));

        Assert.DoesNotContain(new GraphEdge(group, vpc), graph.Edges);
    }

    [Fact]
    public void Each_box_stands_to_the_right_of_all_that_it_needs_and_upon_no_other()
    {
        var graph = ResourceGraph.Of(Name, AwsCases.Build(Private()));
        var layout = new GraphLayout(graph);

        Assert.All(graph.Edges, edge => Assert.True(layout.Boxes[edge.From].Column > layout.Boxes[edge.To].Column));
        foreach (var column in layout.Boxes.GroupBy(box => box.Column))
        {
            var rows = column.Select(box => box.Row).Order().ToList();
            Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.99, $"{pair}"));
        }
    }

    [Fact]
    public void What_the_user_brought_along_is_told_apart()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.NetworkID = "vpc-1";

        var graph = ResourceGraph.Of(Name, AwsCases.Build(cluster));

        Assert.Contains("stroke-dasharray", SvgWriter.Write(graph), StringComparison.Ordinal);
        Assert.Contains("brought along by the user", SvgWriter.Write(graph), StringComparison.Ordinal);
        Assert.Contains("style=\"filled,dashed\"", DotWriter.Write(graph), StringComparison.Ordinal);
        Assert.Contains(":::shared", MermaidWriter.Write(graph), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "stroke-dasharray",
            SvgWriter.Write(ResourceGraph.Of(Name, AwsCases.Build(AwsCases.Cluster()))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_is_well_formed_whatever_names_hold()
    {
        const string Odd = "a<b>&\"c\"\\";
        var kind = new ResourceKind("aws_vpc");
        var graph = ResourceGraph.Of(
            Odd,
            new([], [new(kind, Odd + "1", new()), new(kind, Odd + "2", new() { ["x"] = kind.Of(Odd + "1") })], [])
        );

        var svg = XDocument.Parse(SvgWriter.Write(graph));
        var mermaid = MermaidWriter.Write(graph).Split('\n')[1];

        Assert.Contains(svg.Descendants(), element => element.Value == Odd + "1");
        Assert.Equal("  n0[\"vpc<br/>a#60;b#62;#38;#34;c#34;\\1\"]:::cluster", mermaid);
        Assert.Contains("a<b>&\\\"c\\\"\\\\1", DotWriter.Write(graph), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_a_picture_too() =>
        Assert.NotNull(XDocument.Parse(SvgWriter.Write(ResourceGraph.Of(Name, new([], [], [])))).Root);

    [Fact]
    public void The_same_cluster_gives_the_same_picture() =>
        Assert.Equal(
            SvgWriter.Write(ResourceGraph.Of(Name, AwsCases.Build(Private()))),
            SvgWriter.Write(ResourceGraph.Of(Name, AwsCases.Build(Private())))
        );

    private static int At(ResourceGraph graph, string kind) => graph.Nodes.Index().First(node => node.Item.Kind.Name == kind).Index;

    private static Cluster Private()
    {
        var cluster = AwsCases.Cluster();
        cluster.Spec.Subnets[0].Type = "Private";
        cluster.Spec.Subnets.Add(
            new()
            {
                Name = "utility-a",
                Zone = "us-east-1a",
                Type = "Utility",
                Cidr = "10.0.1.0/24",
            }
        );
        return cluster;
    }
}
