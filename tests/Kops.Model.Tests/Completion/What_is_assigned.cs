using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Completion;
using Kops.Model.Flags;

namespace Kops.Model.Tests.Completion;

/// <summary>What is chosen once for a cluster that a file describes, and stays.</summary>
public sealed class What_is_assigned
{
    [Fact]
    public void Is_the_version_the_network_its_parts_and_for_how_long_backups_are_kept()
    {
        var cluster = Bare("us-test-1a", "us-test-1b");

        Assign(cluster);

        var spec = cluster.Spec;
        Assert.Equal(
            (
                ChannelSnapshots.Find("stable")!.RecommendedKubernetes(Semver.SemVersion.Parse(Versions.Kops)),
                "172.20.0.0/16",
                "100.64.0.0/10"
            ),
            (spec.KubernetesVersion, spec.NetworkCIDR, spec.NonMasqueradeCIDR)
        );
        Assert.Equal(["172.20.0.0/17", "172.20.128.0/17"], spec.Subnets.Select(subnet => subnet.Cidr));
        Assert.All(spec.EtcdClusters, etcd => Assert.Equal(90, etcd.Manager?.BackupRetentionDays));
    }

    [Fact]
    public void Stays_when_it_is_assigned_again()
    {
        var cluster = Bare("us-test-1a", "us-test-1b", "us-test-1c");
        Assign(cluster);
        var once = cluster.Node.Clone();

        Assign(cluster);

        Assert.True(Node.DeepEquals(once, cluster.Node));
    }

    [Fact]
    public void Is_not_renumbered_by_a_subnet_that_is_added_later()
    {
        var cluster = Bare("us-test-1a", "us-test-1b", "us-test-1c");
        Assign(cluster);
        string?[] before = [.. cluster.Spec.Subnets.Select(subnet => subnet.Cidr)];

        cluster.Spec.Subnets.Add(Subnet("us-test-1d"));
        Assign(cluster);

        Assert.Equal([.. before, "172.20.192.0/18"], cluster.Spec.Subnets.Select(subnet => subnet.Cidr));
    }

    [Fact]
    public void Is_as_large_as_the_count_of_all_subnets_allows()
    {
        var cluster = Bare("us-test-1a", "us-test-1b", "us-test-1c");
        cluster.Spec.Subnets[0].Cidr = "172.20.0.0/18";
        cluster.Spec.Subnets[1].Cidr = "172.20.64.0/18";

        Assign(cluster);

        Assert.Equal("172.20.128.0/18", cluster.Spec.Subnets[2].Cidr);
    }

    [Fact]
    public void Comes_from_the_cloud_for_a_subnet_that_exists()
    {
        var cluster = Bare();
        cluster.Spec.NetworkID = "vpc-1";
        cluster.Spec.Subnets.Add(
            new()
            {
                Name = "b",
                Id = "subnet-b",
                Type = "Public",
            }
        );

        Assign(cluster);

        Assert.Equal(("us-test-1b", "10.0.1.0/24"), (cluster.Spec.Subnets[0].Zone, cluster.Spec.Subnets[0].Cidr));
    }

    [Theory]
    [InlineData("us-test-1a", null, "says zone us-test-1a, and 'subnet-b' has us-test-1b")]
    [InlineData(null, "10.0.9.0/24", "says cidr 10.0.9.0/24, and 'subnet-b' has 10.0.1.0/24")]
    public void Must_not_contradict_the_cloud(string? zone, string? cidr, string message)
    {
        var cluster = Bare();
        cluster.Spec.NetworkID = "vpc-1";
        cluster.Spec.Subnets.Add(
            new()
            {
                Name = "b",
                Id = "subnet-b",
                Type = "Public",
                Zone = zone,
                Cidr = cidr,
            }
        );

        Assert.Contains(message, Assert.Throws<InvalidFlagException>(() => Assign(cluster)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_no_version_where_nobody_recommends_one() =>
        Assert.Contains(
            "spec.kubernetesVersion",
            Assert.Throws<InvalidFlagException>(() => ClusterAssigner.Assign(Bare("us-test-1a"), TestFacts.Aws, null)).Message,
            StringComparison.Ordinal
        );

    private static void Assign(Cluster cluster) => ClusterAssigner.Assign(cluster, TestFacts.Aws, ChannelSnapshots.Find("stable")!);

    private static Cluster Bare(params string[] zones)
    {
        var cluster = new Cluster();
        cluster.Metadata.Name = "demo.example.com";
        cluster.Spec.CloudProvider = "aws";
        cluster.Spec.EtcdClusters.Add(new() { Name = "main" });
        cluster.Spec.Subnets.AddRange(zones.Select(Subnet));
        return cluster;
    }

    private static ClusterSubnetSpec Subnet(string zone) =>
        new()
        {
            Name = zone,
            Zone = zone,
            Type = "Public",
        };
}
