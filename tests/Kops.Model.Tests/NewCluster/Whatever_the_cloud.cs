using System.Globalization;
using System.Text;
using CsCheck;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Validation;
using Kops.Model.Channels;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.Merging;
using Kops.Model.NewCluster;
using Kops.Model.Tests.Goldens;

namespace Kops.Model.Tests.NewCluster;

/// <summary>
/// Random flags of which many do not go together, on every cloud: each is refused by name, or makes a cluster that works.
/// </summary>
public sealed class Whatever_the_cloud
{
    private static readonly int Enough = int.TryParse(
        Environment.GetEnvironmentVariable("KOPS_TEST_CASES"),
        CultureInfo.InvariantCulture,
        out var cases
    )
        ? cases
        : 300;

    [Fact]
    public void Flags_are_refused_by_name_or_make_a_cluster_that_completes_and_stays_itself() =>
        CloudFlagGen.Any.Sample(
            flags =>
            {
                if (Plan(flags) is not { } plan)
                    return;
                var problems = ClusterValidator.Validate(plan.Cluster, plan.InstanceGroups);
                if (problems.Count > 0)
                {
                    Assert.Contains(
                        FlagOrigins.Name(flags, problems),
                        problem => problem.ToString().StartsWith("--", StringComparison.Ordinal)
                    );
                    return;
                }

                var text = Text(plan.Cluster, plan.InstanceGroups);
                Assert.Equal(
                    text,
                    KopsCodec.ToYaml(KopsCodec.Decode(Encoding.UTF8.GetBytes(text), "all.yaml").Select(document => document.Object!))
                );
                var merged = ClusterMerger.Merge(plan.Cluster, plan.InstanceGroups, flags);
                Assert.Equal(text, Text(merged.Cluster, merged.InstanceGroups));
                // A zone is asked for where nothing is known of the cloud's.
                if (plan.Cluster.Spec is { CloudProvider: "digitalocean", DnsZone: null, Topology.Dns.Type: not "None" })
                    plan.Cluster.Spec.DnsZone = "example.com";
                var completed = ClusterCompleter.Complete(new(plan.Cluster, plan.InstanceGroups, GoldenFacts.Clouds));
                Assert.Empty(ClusterValidator.Validate(completed, plan.InstanceGroups).Select(problem => problem.ToString()));
            },
            iter: Enough
        );

    private static NewClusterResult? Plan(ClusterFlags flags)
    {
        try
        {
            return ClusterPlanner.Plan(
                new(
                    Plans.Name,
                    "memfs://state",
                    flags,
                    ChannelSnapshots.Find("stable")!,
                    GoldenFacts.Clouds,
                    FeatureFlags.Parse("Metal,APIServerNodes")
                )
            );
        }
        catch (InvalidFlagException refused)
        {
            Assert.StartsWith("--", refused.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static string Text(Cluster cluster, IEnumerable<InstanceGroup> groups) => KopsCodec.ToYaml(groups.Prepend<KopsObject>(cluster));
}
