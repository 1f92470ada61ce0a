using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.NewCluster;

public sealed class Subnets_are_laid_out
{
    [Theory]
    [InlineData("us-test-1a", "172.20.0.0/16")]
    [InlineData("us-test-1a,us-test-1b", "172.20.0.0/17 172.20.128.0/17")]
    [InlineData("us-test-1a,us-test-1b,us-test-1c", "172.20.0.0/18 172.20.64.0/18 172.20.128.0/18")]
    public void Public_subnets_share_the_network_as_equally_as_powers_of_two_allow(string zones, string ranges)
    {
        var cluster = Plans.Plan(new() { Zones = zones.Split(',') }).Cluster;

        Assert.Equal(ranges, string.Join(' ', cluster.Spec.Subnets.Select(subnet => subnet.Cidr)));
    }

    [Fact]
    public void The_first_part_of_a_private_network_is_for_utility_subnets()
    {
        var cluster = Plans.Plan(new() { Zones = ["us-test-1a", "us-test-1b"], Topology = "private" }).Cluster;

        Assert.Equal(
            [
                "us-test-1a Private 172.20.64.0/18",
                "us-test-1b Private 172.20.128.0/18",
                "utility-us-test-1a Utility 172.20.0.0/21",
                "utility-us-test-1b Utility 172.20.8.0/21",
            ],
            cluster.Spec.Subnets.Select(subnet => $"{subnet.Name} {subnet.Type} {subnet.Cidr}")
        );
    }

    [Fact]
    public void Subnets_stand_in_the_order_of_their_zones_and_groups_in_the_users_order()
    {
        var plan = Plans.Plan(new() { Zones = ["us-test-1b", "us-test-1a"] });

        Assert.Equal(["us-test-1a", "us-test-1b"], plan.Cluster.Spec.Subnets.Select(subnet => subnet.Name!));
        Assert.Equal(
            ["control-plane-us-test-1b", "nodes-us-test-1b", "nodes-us-test-1a"],
            plan.InstanceGroups.Select(group => group.Metadata.Name!)
        );
    }

    [Fact]
    public void A_subnet_that_exists_brings_its_network_and_both_ranges()
    {
        var spec = Plans.Plan(new() { Zones = ["us-test-1a"], SubnetIds = ["subnet-a"] }).Cluster.Spec;

        Assert.Equal(
            ("vpc-1", "10.0.0.0/16", "subnet-a", "10.0.0.0/24"),
            (spec.NetworkID, spec.NetworkCIDR, spec.Subnets[0].Id, spec.Subnets[0].Cidr)
        );
    }

    [Fact]
    public void A_subnet_of_which_nothing_is_known_is_refused()
    {
        Assert.Contains(
            "--subnets: nothing is known of the subnet 'subnet-x'",
            Plans.Refused(new() { Zones = ["us-test-1a"], SubnetIds = ["subnet-x"] }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "10.0.16.0/20")]
    [InlineData("shared", "10.0.48.0/20")]
    [InlineData("project/shared", "10.0.48.0/20")]
    public void On_Google_Cloud_ranges_of_the_network_are_left_out_and_a_new_network_has_none(string? network, string range)
    {
        NetworkFact[] networks =
        [
            new("default", null, [new("auto", null, "10.0.0.0/9")]),
            new("shared", null, [new("one", null, "10.0.0.0/19"), new("two", null, "10.0.32.0/20")]),
        ];
        CloudFacts facts = new(new Dictionary<string, ProviderFacts> { ["gce"] = new() { Networks = networks } });
        ClusterFlags flags = new()
        {
            Cloud = "gce",
            Project = "my-project",
            Zones = ["us-central1-a"],
            NetworkId = network,
        };
        var spec = ClusterPlanner
            .Plan(new(Plans.Name, "gs://state", flags, ChannelSnapshots.Find("stable")!, facts, FeatureFlags.Parse(null)))
            .Cluster.Spec;

        Assert.Equal(range, spec.Subnets[0].Cidr);
    }

    [Fact]
    public void A_network_that_is_too_small_is_refused()
    {
        Assert.Contains(
            "has no room",
            Plans.Refused(new() { Zones = ["us-test-1a", "us-test-1b"], NetworkCidrs = ["10.0.0.0/28"] }),
            StringComparison.Ordinal
        );
    }
}
