using Kops.Api;
using Kops.Api.Documents;
using Kops.Model.Flags;
using Kops.Model.Merging;
using Kops.Model.NewCluster;
using Kops.Model.Tests.Goldens;

namespace Kops.Model.Tests.Merging;

public sealed class Flags_merge_into_a_cluster
{
    private static readonly ClusterFlags Two = new() { Zones = ["us-test-1a", "us-test-1b"], Networking = "calico" };

    public static TheoryData<string, ClusterFlags> Alone =>
        new()
        {
            {
                "spec.kubernetesVersion",
                new() { KubernetesVersion = "1.35.1" }
            },
            {
                "spec.channel",
                new() { Channel = "alpha" }
            },
            {
                "spec.sshAccess",
                new() { SshAccess = ["10.0.0.0/8"] }
            },
            {
                "spec.kubernetesApiAccess,spec.sshAccess",
                new() { AdminAccess = ["10.0.0.0/8"] }
            },
            {
                "spec.cloudLabels",
                new() { CloudLabels = "Owner=Jane" }
            },
            {
                "spec.masterPublicName",
                new() { ApiPublicName = "api.example.org" }
            },
            {
                "nodes-us-test-1a:spec.machineType,nodes-us-test-1b:spec.machineType",
                new() { NodeSizes = ["m5.xlarge"] }
            },
            {
                "nodes-us-test-1a:spec.maxSize,nodes-us-test-1a:spec.minSize,nodes-us-test-1b:spec.maxSize,nodes-us-test-1b:spec.minSize",
                new() { NodeCount = 6 }
            },
            {
                "nodes-us-test-1a:spec.image,nodes-us-test-1b:spec.image",
                new() { NodeImage = "mine" }
            },
            {
                "control-plane-us-test-1a:spec.rootVolumeSize",
                new() { ControlPlaneVolumeSize = 100 }
            },
            {
                "spec.networking",
                new() { Sets = ["spec.networking.calico.mtu=1400"] }
            },
            {
                "",
                new() { Zones = ["us-test-1b", "us-test-1a"] }
            },
            {
                "",
                new() { NodeCount = 2 }
            },
            {
                "",
                new()
                {
                    KubernetesVersion = "",
                    SshAccess = [],
                    Zones = [],
                }
            },
            {
                "",
                new()
                {
                    Topology = "public",
                    ControlPlaneCount = 1,
                    Cloud = "aws",
                }
            },
        };

    public static TheoryData<string, ClusterFlags> Impossible =>
        new()
        {
            {
                "--zones us-test-1c cannot be merged into the cluster 'demo.example.com', which has us-test-1a,us-test-1b: for a "
                    + "further zone, add a subnet",
                new() { Zones = ["us-test-1c"] }
            },
            {
                "--topology private cannot be merged",
                new() { Topology = "private" }
            },
            {
                "--network-cidr 10.0.0.0/8 cannot be merged",
                new() { NetworkCidrs = ["10.0.0.0/8"] }
            },
            {
                "--networking cilium cannot be merged",
                new() { Networking = "cilium" }
            },
            {
                "--control-plane-count 3 cannot be merged",
                new() { ControlPlaneCount = 3 }
            },
            {
                "--bastion true cannot be merged",
                new() { Bastion = true }
            },
            {
                "--cloud gce cannot be merged",
                new() { Cloud = "gce" }
            },
        };

    public static IEnumerable<TheoryDataRow<string>> Cases =>
        GoldenCases.Of("create_cluster").DefaultIfEmpty(string.Empty).Select(name => new TheoryDataRow<string>(name));

    [Theory]
    [MemberData(nameof(Alone))]
    public void A_flag_changes_just_what_it_means(string fields, ClusterFlags flags)
    {
        var before = Plans.Plan(Two);
        var after = ClusterMerger.Merge(before.Cluster, before.InstanceGroups, flags);

        Assert.Equal(fields, string.Join(',', Changed(before, after).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_is_made_once_is_refused_with_what_to_do_instead(string message, ClusterFlags flags)
    {
        var before = Plans.Plan(Two);

        Assert.Contains(
            message,
            Assert.Throws<InvalidFlagException>(() => ClusterMerger.Merge(before.Cluster, before.InstanceGroups, flags)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_subnet_that_had_no_use_is_no_reason_to_refuse()
    {
        var flags = new ClusterFlags { Zones = ["us-test-1a"], SubnetIds = ["subnet-a", "subnet-b"] };
        var before = Plans.Plan(flags);

        Assert.Empty(Changed(before, ClusterMerger.Merge(before.Cluster, before.InstanceGroups, flags)));
        Assert.Throws<InvalidFlagException>(() =>
            ClusterMerger.Merge(before.Cluster, before.InstanceGroups, new() { SubnetIds = ["subnet-b"] })
        );
    }

    [Fact]
    public void Edits_are_kept()
    {
        var before = Plans.Plan(Two);
        before.Cluster.Spec.EnsureKubelet().MaxPods = 50;
        before.InstanceGroups[1].Spec.MaxSize = 9;

        var after = ClusterMerger.Merge(before.Cluster, before.InstanceGroups, new() { NodeSizes = ["m5.xlarge"] });

        Assert.Equal(50, after.Cluster.Spec.Kubelet!.MaxPods);
        Assert.Equal((9, "m5.xlarge"), (after.InstanceGroups[1].Spec.MaxSize, after.InstanceGroups[1].Spec.MachineType));
    }

    [Fact]
    public void The_cluster_that_was_given_is_not_changed()
    {
        var before = Plans.Plan(Two);
        var copy = before.Cluster.Node.Clone();

        ClusterMerger.Merge(before.Cluster, before.InstanceGroups, new() { KubernetesVersion = "1.35.1" });

        Assert.True(Node.DeepEquals(copy, before.Cluster.Node));
    }

    [Fact]
    public void Every_flag_says_what_merging_it_means()
    {
        var merged = MergeRules.All.Select(rule => rule.Flag).ToArray();

        Assert.Distinct(merged);
        Assert.Equal(
            ClusterFlagTable.All.Select(flag => flag.Name).Except(["set", "unset"]).Order(StringComparer.Ordinal),
            merged.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Merging_the_flags_that_a_cluster_was_made_with_changes_nothing(string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var made = CreateClusterCase.Load(name);
        var before = made.Plan();
        var after = ClusterMerger.Merge(before.Cluster, before.InstanceGroups, made.Flags);

        Assert.Empty(Changed(before, after));
    }

    private static IEnumerable<string> Changed(NewClusterResult before, MergeResult after) =>
        Fields(before.Cluster.Spec.Node, after.Cluster.Spec.Node, "spec.")
            .Concat(
                before
                    .InstanceGroups.Zip(after.InstanceGroups)
                    .SelectMany(pair => Fields(pair.First.Spec.Node, pair.Second.Spec.Node, pair.First.Metadata.Name + ":spec."))
            );

    private static IEnumerable<string> Fields(MappingNode before, MappingNode after, string prefix) =>
        before.Keys.Union(after.Keys).Where(key => !Node.DeepEquals(before[key], after[key])).Select(key => prefix + key);
}
