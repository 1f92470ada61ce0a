using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

/// <summary>A cloud is asked only for what neither flags nor facts tell.</summary>
public sealed class Clouds_are_asked
{
    private static readonly string[] Zones = ["us-test-1a"];

    public static TheoryData<ClusterFlags> Answered =>
        new()
        {
            new ClusterFlags { Zones = Zones },
            new ClusterFlags { Zones = Zones, NetworkId = "vpc-1" },
            new ClusterFlags
            {
                Zones = Zones,
                NetworkId = "vpc-9",
                NetworkCidrs = ["10.0.0.0/16"],
            },
            new ClusterFlags { Zones = Zones, SubnetIds = ["subnet-a"] },
            new ClusterFlags
            {
                Zones = ["fsn1"],
                Cloud = "hetzner",
                NetworkId = "net-9",
            },
            new ClusterFlags(),
        };

    [Theory]
    [MemberData(nameof(Answered))]
    public void Nothing_that_is_known_or_does_not_matter(ClusterFlags flags) => Assert.Null(Ask(flags));

    [Fact]
    public void A_network_without_its_range()
    {
        var questions = Ask(new() { Zones = Zones, NetworkId = "vpc-9" })!;

        Assert.Equal(
            ("aws", "us-test-1", true, "vpc-9"),
            (questions.Cloud, questions.Region, questions.IsUrgent, Assert.Single(questions.Networks))
        );
    }

    [Fact]
    public void Subnets_of_both_kinds_and_the_network_that_they_must_lie_in()
    {
        var questions = Ask(
            new()
            {
                Zones = Zones,
                NetworkId = "vpc-9",
                NetworkCidrs = ["10.0.0.0/16"],
                SubnetIds = ["subnet-a", "subnet-8"],
                UtilitySubnetIds = ["subnet-9"],
            }
        )!;

        Assert.Equal(["subnet-8", "subnet-9"], questions.Subnets);
        Assert.Equal(["vpc-9"], questions.Networks);
    }

    [Fact]
    public void A_zone_that_may_be_new_which_is_not_urgent()
    {
        var questions = Ask(new() { Zones = ["us-test-1a", "us-test-1z"] })!;

        Assert.Equal((false, "us-test-1z"), (questions.IsUrgent, Assert.Single(questions.Zones)));
    }

    [Fact]
    public void The_shared_network_of_a_cluster_that_is_stored_without_its_range()
    {
        var cluster = Plans
            .Plan(
                new()
                {
                    Zones = Zones,
                    NetworkId = "vpc-9",
                    NetworkCidrs = ["10.0.0.0/16"],
                }
            )
            .Cluster;
        Assert.Null(ClusterCompleter.Questions(new(cluster, [], TestFacts.Aws)));

        cluster.Spec.NetworkCIDR = null;

        Assert.Equal(["vpc-9"], ClusterCompleter.Questions(new(cluster, [], TestFacts.Aws))!.Networks);
    }

    private static CloudQuestions? Ask(ClusterFlags flags) =>
        ClusterPlanner.Questions(
            new(Plans.Name, "s3://state", flags, ChannelSnapshots.Find("stable")!, TestFacts.Aws, FeatureFlags.Parse(null))
        );
}
