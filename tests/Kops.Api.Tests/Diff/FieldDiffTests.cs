using CsCheck;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Tests.Paths;
using Xunit;
using static Kops.Api.Tests.Paths.Trees;

namespace Kops.Api.Tests.Diff;

public sealed class FieldDiffTests
{
    [Fact]
    public void Applying_a_difference_turns_the_one_into_the_other() =>
        Gen.Select(Any, Any)
            .Sample(
                (before, after) =>
                {
                    var applied = (MappingNode)before.Clone();
                    FieldDiff.Apply(applied, FieldDiff.Compare(before, after));
                    return Node.DeepEquals(applied, after);
                },
                iter: 20_000
            );

    [Fact]
    public void Equal_trees_have_no_difference() => Any.Sample(tree => FieldDiff.Compare(tree, tree.Clone()).Count == 0);

    [Fact]
    public void A_changed_value_is_told_with_both_values() =>
        Assert.Equal(
            ["  spec.kubernetesVersion: 1.35.7 -> 1.36.3"],
            Lines(
                Mapping(("spec", Mapping(("kubernetesVersion", Text("1.35.7")), ("channel", Text("stable"))))),
                Mapping(("spec", Mapping(("channel", Text("stable")), ("kubernetesVersion", Text("1.36.3")))))
            )
        );

    [Fact]
    public void Named_items_are_matched_by_name_wherever_they_stand() =>
        Assert.Equal(
            [
                "- subnets[us-east-1a]: {name: us-east-1a, zone: us-east-1a}",
                "  subnets[us-east-1b].zone: us-east-1b -> us-east-1x",
                "+ subnets[us-east-1c]: {name: us-east-1c}",
            ],
            Lines(
                Mapping(("subnets", List(Subnet("us-east-1a"), Subnet("us-east-1b")))),
                Mapping(("subnets", List(Subnet("us-east-1b", "us-east-1x"), Mapping(("name", Text("us-east-1c"))))))
            )
        );

    [Fact]
    public void A_list_of_plain_values_tells_what_came_and_went() =>
        Assert.Equal(
            ["- sshAccess: 10.0.0.0/8", "+ sshAccess: 192.168.0.0/16"],
            Lines(Mapping(("sshAccess", Texts("1.2.3.4/32", "10.0.0.0/8"))), Mapping(("sshAccess", Texts("1.2.3.4/32", "192.168.0.0/16"))))
        );

    [Fact]
    public void Fields_that_come_and_go_are_told_with_their_value() =>
        Assert.Equal(
            ["- kubelet: {anonymousAuth: false}", "+ labels[kops.k8s.io/x]: \"a, b\"", "+ proxy: {}"],
            Lines(
                Mapping(("kubelet", Mapping(("anonymousAuth", ScalarNode.Of(false)))), ("labels", new MappingNode())),
                Mapping(("labels", Mapping(("kops.k8s.io/x", Text("a, b")))), ("proxy", new MappingNode()))
            )
        );

    [Fact]
    public void A_large_object_is_told_field_by_field()
    {
        var big = Mapping([.. Enumerable.Range(0, 12).Select(i => ($"field{i}", Text("a long enough value")))]);
        var lines = Lines(new MappingNode(), Mapping(("spec", big)));
        Assert.Equal(12, lines.Length);
        Assert.Equal("+ spec.field0: a long enough value", lines[0]);
    }

    [Fact]
    public void Texts_of_several_lines_stay_in_one_line() =>
        Assert.Equal(["  script: \"a\\nb\" -> c"], Lines(Mapping(("script", Text("a\nb"))), Mapping(("script", Text("c")))));

    private static MappingNode Subnet(string name, string? zone = null) => Mapping(("name", Text(name)), ("zone", Text(zone ?? name)));

    private static string[] Lines(Node before, Node after) =>
        [.. DiffText.Lines(FieldDiff.Compare(before, after)).Select(line => line.Text)];
}
