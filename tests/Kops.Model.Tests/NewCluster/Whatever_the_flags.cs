using System.Globalization;
using System.Text;
using CsCheck;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Validation;
using Kops.Model.Completion;
using Kops.Model.Merging;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

public sealed class Whatever_the_flags
{
    // KOPS_TEST_CASES makes a long run of it.
    private static readonly int Enough = int.TryParse(
        Environment.GetEnvironmentVariable("KOPS_TEST_CASES"),
        CultureInfo.InvariantCulture,
        out var cases
    )
        ? cases
        : 100;

    [Fact]
    public void A_new_cluster_passes_validation_itself_and_completed() =>
        FlagGen.NewCluster.Sample(
            flags =>
            {
                var plan = Plan(flags);
                Assert.Empty(ClusterValidator.Validate(plan.Cluster, plan.InstanceGroups).Select(Tell));
                var completed = ClusterCompleter.Complete(new(plan.Cluster, plan.InstanceGroups, TestFacts.Aws));
                Assert.Empty(ClusterValidator.Validate(completed, plan.InstanceGroups).Select(Tell));
            },
            iter: Enough
        );

    [Fact]
    public void What_is_written_reads_back_as_the_same() =>
        FlagGen.NewCluster.Sample(
            flags =>
            {
                var text = Text(Plan(flags));
                var read = KopsCodec.Decode(Encoding.UTF8.GetBytes(text), "all.yaml").Select(document => document.Object!);
                Assert.Equal(text, KopsCodec.ToYaml(read));
            },
            iter: Enough
        );

    [Fact]
    public void Equal_flags_make_equal_clusters() =>
        FlagGen.NewCluster.Sample(flags => Assert.Equal(Text(Plan(flags)), Text(Plan(flags))), iter: Enough);

    [Fact]
    public void Merging_them_again_changes_nothing() =>
        FlagGen.NewCluster.Sample(
            flags =>
            {
                var plan = Plan(flags);
                Assert.Equal(Text(plan), Text(ClusterMerger.Merge(plan.Cluster, plan.InstanceGroups, flags)));
            },
            iter: Enough
        );

    [Fact]
    public void Merging_later_is_giving_at_once() =>
        Gen.Select(FlagGen.NewCluster, FlagGen.Independent)
            .Sample(
                (all, later) =>
                {
                    // What is set by path goes over what flags say, when it is given with them.
                    var first = all with
                    {
                        Sets = null,
                        Unsets = null,
                    };
                    // A single machine type given later takes a mixed group apart; given at once, the last one wins. Both end the same.
                    var plan = Plan(first);
                    var merged = ClusterMerger.Merge(plan.Cluster, plan.InstanceGroups, later);
                    Assert.Equal(Text(Plan(Both(first, later))), Text(merged));
                },
                iter: Enough
            );

    // Labels and feature gates add up, so that both are given; of any other flag the later one counts.
    private static ClusterFlags Both(ClusterFlags first, ClusterFlags later) =>
        ClusterFlagTable.All.Aggregate(
            first,
            (flags, flag) =>
                (flag.Name, flag.Get(first), flag.Get(later)) switch
                {
                    (_, _, null) => flags,
                    ("cloud-labels", [var labels], [var more]) => flag.Set(flags, [$"{labels},{more}"]),
                    ("kubernetes-feature-gates", { } gates, { } more) => flag.Set(flags, [.. gates, .. more]),
                    (_, _, { } values) => flag.Set(flags, values),
                }
        );

    private static NewClusterResult Plan(ClusterFlags flags) => Plans.Plan(flags, "APIServerNodes,Spotinst");

    private static string Tell(Problem problem) => $"{problem.Path}: {problem.Message}";

    private static string Text(NewClusterResult plan) => Text(plan.Cluster, plan.InstanceGroups);

    private static string Text(MergeResult merged) => Text(merged.Cluster, merged.InstanceGroups);

    private static string Text(Cluster cluster, IEnumerable<InstanceGroup> groups) => KopsCodec.ToYaml(groups.Prepend<KopsObject>(cluster));
}
