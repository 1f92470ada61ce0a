using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.NewCluster;
using Kops.Model.NewGroup;

namespace Kops.Model.Tests.NewGroup;

/// <summary>The rules of RunCreateInstanceGroup and PopulateInstanceGroupSpec.</summary>
public sealed class A_new_group_suits_its_cluster
{
    private static readonly ClusterFlags Public = new() { Zones = ["us-test-1a", "us-test-1b"], Networking = "cni" };
    private static readonly ClusterFlags Private = Public with { Topology = "private" };
    private static readonly ClusterFlags IPv6 = Public with { IPv6 = true };

    public static TheoryData<string, ClusterFlags, string[]> Subnets =>
        new()
        {
            { "node", Public, ["us-test-1a", "us-test-1b"] },
            { "node", Private, ["us-test-1a", "us-test-1b"] },
            { "bastion", Private, ["us-test-1a", "us-test-1b"] },
            { "node", IPv6, ["us-test-1a", "us-test-1b"] },
            { "apiserver", IPv6, ["dualstack-us-test-1a", "dualstack-us-test-1b"] },
            { "apiserver", Public, ["us-test-1a", "us-test-1b"] },
        };

    [Theory]
    [MemberData(nameof(Subnets))]
    public void Without_subnets_it_runs_where_its_role_can(string role, ClusterFlags cluster, string[] subnets) =>
        Assert.Equal(subnets, Plan(role, cluster, features: "APIServerNodes").Spec.Subnets);

    [Theory]
    [InlineData("node", "Node", 2, "m5.large")]
    [InlineData("Nodes", "Node", 2, "m5.large")]
    [InlineData("bastions", "Bastion", 1, "t3.micro")]
    [InlineData("control-plane", "Master", 1, "m5.large")]
    [InlineData("ControlPlane", "Master", 1, "m5.large")]
    [InlineData("master", "Master", 1, "m5.large")]
    public void The_role_decides_on_size_and_machine_type(string role, string written, int size, string machineType)
    {
        var spec = Plan(role, Public, ["us-test-1a"]).Spec;

        Assert.Equal(
            (written, size, size, machineType, "CloudGroup"),
            (spec.Role, spec.MinSize, spec.MaxSize, spec.MachineType, spec.Manager)
        );
    }

    [Theory]
    [InlineData("node", "", "node-role.kubernetes.io/node")]
    [InlineData("bastion", "", "")]
    [InlineData("apiserver", "APIServerNodes", "node-role.kubernetes.io/api-server")]
    [InlineData(
        "control-plane",
        "",
        "kops.k8s.io/kops-controller-pki node-role.kubernetes.io/control-plane node.kubernetes.io/exclude-from-external-load-balancers"
    )]
    public void Its_kubelet_is_the_clusters_with_the_labels_of_the_role(string role, string features, string labels)
    {
        var kubelet = Plan(role, Public, ["us-test-1a"], features).Spec.Kubelet!;

        Assert.Equal(labels, string.Join(' ', kubelet.NodeLabels.Select(label => label.Key).Order(StringComparer.Ordinal)));
        Assert.False(kubelet.AnonymousAuth);
    }

    [Fact]
    public void Machines_are_labelled_with_the_groups_name_alone()
    {
        var label = Assert.Single(Plan("node", Public).Spec.NodeLabels);

        Assert.Equal(("kops.k8s.io/instancegroup", "more"), (label.Key, label.Value));
    }

    [Fact]
    public void Zones_are_those_named() => Assert.Equal(["us-test-1b"], Plan("node", Public, zones: ["us-test-1b"]).Spec.Zones);

    [Fact]
    public void The_image_is_the_channels_for_the_clusters_kubernetes() =>
        Assert.Equal(Plans.Plan(Public).InstanceGroups[^1].Spec.Image, Plan("node", Public).Spec.Image);

    [Theory]
    [InlineData("worker", "--role: there is no role 'worker'; there are control-plane, node, bastion and apiserver")]
    [InlineData("control-plane", "--subnet is needed for control-plane nodes")]
    [InlineData("apiserver", "--role apiserver is experimental: set KOPS_FEATURE_FLAGS=APIServerNodes")]
    public void What_cannot_be_is_refused_with_the_flag(string role, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidFlagException>(() => Plan(role, Public)).Message, StringComparison.Ordinal);

    private static InstanceGroup Plan(
        string role,
        ClusterFlags cluster,
        string[]? subnets = null,
        string? features = null,
        string[]? zones = null
    ) =>
        GroupPlanner.Plan(
            new("more", role, subnets ?? [], zones ?? [], Plans.Plan(cluster).Cluster, ChannelSnapshots.Find("stable")!, TestFacts.Aws)
            {
                Features = FeatureFlags.Parse(features),
            }
        );
}
