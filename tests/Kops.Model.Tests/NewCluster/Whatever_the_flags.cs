using System.Text;
using CsCheck;
using Kops.Api;
using Kops.Api.Validation;
using Kops.Api.Views;
using Kops.Model.Completion;
using Kops.Model.Merging;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

public sealed class Whatever_the_flags
{
    private const int Enough = 100;

    [Fact]
    public void A_new_cluster_passes_validation_itself_and_completed() => FlagGen.NewCluster.Sample(
        flags =>
        {
            var plan = Plans.Plan(flags);
            Assert.Empty(ClusterValidator.Validate(plan.Cluster, plan.InstanceGroups).Select(Tell));
            var completed = ClusterCompleter.Complete(new(plan.Cluster, TestFacts.Aws));
            Assert.Empty(ClusterValidator.Validate(completed, plan.InstanceGroups).Select(Tell));
        },
        iter: Enough);

    [Fact]
    public void What_is_written_reads_back_as_the_same() => FlagGen.NewCluster.Sample(
        flags =>
        {
            var text = Text(Plans.Plan(flags));
            var read = KopsCodec.Decode(Encoding.UTF8.GetBytes(text), "all.yaml").Select(document => document.Object!);
            Assert.Equal(text, KopsCodec.ToYaml(read));
        },
        iter: Enough);

    [Fact]
    public void Equal_flags_make_equal_clusters() => FlagGen.NewCluster.Sample(flags => Assert.Equal(Text(Plans.Plan(flags)), Text(Plans.Plan(flags))), iter: Enough);

    [Fact]
    public void Merging_them_again_changes_nothing() => FlagGen.NewCluster.Sample(
        flags =>
        {
            var plan = Plans.Plan(flags);
            Assert.Equal(Text(plan), Text(ClusterMerger.Merge(plan.Cluster, plan.InstanceGroups, flags)));
        },
        iter: Enough);

    [Fact]
    public void Merging_later_is_giving_at_once() => Gen.Select(FlagGen.NewCluster, FlagGen.Independent).Sample(
        (first, later) =>
        {
            // A single machine type given later takes a mixed group apart; given at once, the last one wins. Both end the same.
            var plan = Plans.Plan(first);
            var merged = ClusterMerger.Merge(plan.Cluster, plan.InstanceGroups, later);
            Assert.Equal(Text(Plans.Plan(Both(first, later))), Text(merged));
        },
        iter: Enough);

    // Labels and feature gates add up, so that both are given; of any other flag the later one counts.
    private static ClusterFlags Both(ClusterFlags first, ClusterFlags later) => ClusterFlagTable.All.Aggregate(first, (flags, flag) => (flag.Name, flag.Get(first), flag.Get(later)) switch
    {
        (_, _, null) => flags,
        ("cloud-labels", [var labels], [var more]) => flag.Set(flags, [$"{labels},{more}"]),
        ("kubernetes-feature-gates", { } gates, { } more) => flag.Set(flags, [.. gates, .. more]),
        (_, _, { } values) => flag.Set(flags, values),
    });

    private static string Tell(Problem problem) => $"{problem.Path}: {problem.Message}";

    private static string Text(NewClusterResult plan) => Text(plan.Cluster, plan.InstanceGroups);

    private static string Text(MergeResult merged) => Text(merged.Cluster, merged.InstanceGroups);

    private static string Text(Cluster cluster, IEnumerable<InstanceGroup> groups) => KopsCodec.ToYaml(groups.Prepend<KopsObject>(cluster));
}
