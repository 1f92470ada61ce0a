using CsCheck;
using Kops.Api.Documents;
using Kops.Api.Paths;
using Xunit;

namespace Kops.Api.Tests.Paths;

public sealed class FieldPathTests
{
    private static readonly Gen<FieldPath> AnyPath =
        from first in Gen.String[Gen.Char.AlphaNumeric, 1, 8]
        from rest in Gen.OneOf(
            Gen.String.Where(text => text.Length > 0).Select(PathSegment.Field),
            Gen.String.Select(PathSegment.Key),
            Gen.String[Gen.Char["ab10.\"\\[]*=/ "], 0, 6].Select(PathSegment.Key),
            Gen.Int[0, 99].Select(PathSegment.At),
            Gen.Const(PathSegment.Every())
        ).Array[0, 6]
        select rest.Aggregate(FieldPath.Root.Field(first), (path, segment) => path.Then(segment));

    [Fact]
    public void A_printed_path_reads_as_the_same_path() => AnyPath.Sample(path => FieldPath.Parse(path.ToString()).Equals(path));

    [Theory]
    [InlineData("spec.networking.cilium.version")]
    [InlineData("spec.subnets[0].zone")]
    [InlineData("spec.subnets[*].zone")]
    [InlineData("spec.subnets[us-east-1a].zone")]
    [InlineData("spec.nodeLabels[kops.k8s.io/instancegroup]")]
    [InlineData("spec.nodeLabels[\"a b\"]")]
    [InlineData("spec.nodeLabels[\"10\"]")]
    [InlineData("")]
    public void A_path_in_its_shortest_form_prints_as_it_was_read(string text) => Assert.Equal(text, FieldPath.Parse(text).ToString());

    [Fact]
    public void Quotes_around_a_plain_key_do_not_matter() =>
        Assert.Equal(FieldPath.Parse("spec.nodeLabels[kops.k8s.io/x]"), FieldPath.Parse("spec.nodeLabels[\"kops.k8s.io/x\"]"));

    [Theory]
    [InlineData(".spec", "a field's name is missing (at character 1)")]
    [InlineData("spec.", "a field's name is missing")]
    [InlineData("spec..a", "a field's name is missing (at character 6)")]
    [InlineData("spec[0]a", "must follow ']' (at character 8)")]
    [InlineData("spec[", "'[' is not closed")]
    [InlineData("spec[\"a]", "is not closed with '\"]'")]
    [InlineData("spec[a b]", "double quotes")]
    [InlineData("spec.a b", "stand in brackets")]
    [InlineData("spec[99999999999]", "is not a position")]
    public void What_is_no_path_is_refused_with_the_place(string text, string part)
    {
        Assert.False(FieldPath.TryParse(text, out _));
        Assert.Contains(part, Assert.Throws<FormatException>(() => FieldPath.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_finds_fields_keys_items_and_all_items()
    {
        var root = Trees.Mapping(
            (
                "subnets",
                Trees.List(
                    Trees.Mapping(("name", Trees.Text("a")), ("zone", Trees.Text("1a"))),
                    Trees.Mapping(("name", Trees.Text("b")), ("zone", Trees.Text("1b")))
                )
            ),
            ("labels", Trees.Mapping(("kops.k8s.io/x", Trees.Text("y"))))
        );

        Assert.Equal(["1a"], Found(root, "subnets[0].zone"));
        Assert.Equal(["1b"], Found(root, "subnets[b].zone"));
        Assert.Equal(["1a", "1b"], Found(root, "subnets[*].zone"));
        Assert.Equal(["y"], Found(root, "labels[kops.k8s.io/x]"));
        Assert.Empty(Found(root, "subnets[2].zone"));
        Assert.Empty(Found(root, "subnets.zone"));
    }

    private static string[] Found(MappingNode root, string path) => [.. FieldPath.Parse(path).Find(root).Select(node => node.ToString()!)];
}
