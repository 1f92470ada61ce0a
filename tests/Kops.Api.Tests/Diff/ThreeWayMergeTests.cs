using CsCheck;
using Kops.Api.Diff;
using Kops.Api.Documents;
using Kops.Api.Tests.Paths;
using Xunit;
using static Kops.Api.Tests.Paths.Trees;

namespace Kops.Api.Tests.Diff;

public sealed class ThreeWayMergeTests
{
    [Fact]
    public void One_edit_alone_is_taken_over_whichever_side_made_it() =>
        Gen.Select(Any, Any)
            .Sample(
                (original, edited) =>
                    Is(edited, ThreeWayMerge.Merge(original, edited, original))
                    && Is(edited, ThreeWayMerge.Merge(original, original, edited))
            );

    [Fact]
    public void The_same_edit_on_both_sides_is_made_once() =>
        Gen.Select(Any, Any).Sample((original, edited) => Is(edited, ThreeWayMerge.Merge(original, edited, edited)));

    [Fact]
    public void Edits_of_different_fields_give_both_in_either_order() =>
        // The first two fields are the one's to edit, the others the other's.
        Gen.Select(Any, Any)
            .Sample(
                (original, edited) =>
                {
                    var (mine, theirs) = (Edit(original, edited, "ab"), Edit(original, edited, "cd"));
                    return Is(edited, ThreeWayMerge.Merge(original, mine, theirs))
                        && Is(edited, ThreeWayMerge.Merge(original, theirs, mine));
                }
            );

    [Fact]
    public void A_merge_is_clean_or_names_a_field_that_both_changed() =>
        Gen.Select(Any, Any, Any)
            .Sample(
                (original, mine, theirs) =>
                    ThreeWayMerge
                        .Merge(original, mine, theirs)
                        .Conflicts.All(conflict =>
                            !Node.DeepEquals(conflict.Base, conflict.Mine)
                            && !Node.DeepEquals(conflict.Base, conflict.Theirs)
                            && !Node.DeepEquals(conflict.Mine, conflict.Theirs)
                        ),
                iter: 20_000
            );

    [Fact]
    public void Both_may_add_to_one_list()
    {
        var result = ThreeWayMerge.Merge(
            Mapping(("sshAccess", Texts("a"))),
            Mapping(("sshAccess", Texts("a", "mine"))),
            Mapping(("sshAccess", Texts("a", "theirs")))
        );
        Assert.True(result.IsClean);
        Assert.Equal(["a", "mine", "theirs"], ((SequenceNode)result.Merged["sshAccess"]).Select(item => item.ToString()));
    }

    [Fact]
    public void Both_may_change_different_fields_of_one_named_item()
    {
        static MappingNode Subnets(string zone, string type, params string[] more) =>
            Mapping(
                (
                    "subnets",
                    List([
                        Mapping(("name", Text("a")), ("zone", Text(zone)), ("type", Text(type))),
                        .. more.Select(name => Mapping(("name", Text(name)))),
                    ])
                )
            );
        var result = ThreeWayMerge.Merge(Subnets("1a", "Public", "b"), Subnets("1b", "Public", "b", "c"), Subnets("1a", "Private"));
        Assert.True(result.IsClean);
        Assert.True(Node.DeepEquals(Subnets("1b", "Private", "c"), result.Merged));
    }

    [Fact]
    public void Different_values_of_one_field_are_a_conflict_with_all_three_values()
    {
        var result = ThreeWayMerge.Merge(
            Mapping(("channel", Text("stable"))),
            Mapping(("channel", Text("alpha"))),
            Mapping(("channel", Text("beta")))
        );
        Assert.Equal("channel: was stable, yours is alpha, theirs is beta", Assert.Single(result.Conflicts).ToString());
    }

    [Fact]
    public void Removing_what_the_other_changed_is_a_conflict()
    {
        var result = ThreeWayMerge.Merge(
            Mapping(("list", List(Mapping(("name", Text("a")), ("zone", Text("1")))))),
            Mapping(("list", new SequenceNode())),
            Mapping(("list", List(Mapping(("name", Text("a")), ("zone", Text("2"))))))
        );
        Assert.Equal(
            "list[a]: was {name: a, zone: 1}, yours is absent, theirs is {name: a, zone: 2}",
            Assert.Single(result.Conflicts).ToString()
        );
    }

    [Fact]
    public void A_new_order_is_kept_with_the_others_new_item()
    {
        var result = ThreeWayMerge.Merge(
            Mapping(("l", Texts("a", "b", "c"))),
            Mapping(("l", Texts("c", "a", "b"))),
            Mapping(("l", Texts("a", "b", "x", "c")))
        );
        Assert.True(result.IsClean);
        Assert.Equal(["c", "a", "b", "x"], ((SequenceNode)result.Merged["l"]).Select(item => item.ToString()));
    }

    private static bool Is(MappingNode expected, MergeResult result) => result.IsClean && Node.DeepEquals(expected, result.Merged);

    private static MappingNode Edit(MappingNode original, MappingNode edited, string fields)
    {
        var copy = (MappingNode)original.Clone();
        foreach (var name in fields.Select(letter => letter.ToString()))
            copy[name] = edited[name]?.Clone();
        return copy;
    }
}
