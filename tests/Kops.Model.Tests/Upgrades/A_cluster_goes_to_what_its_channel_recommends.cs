using Kops.Model.Channels;
using Kops.Model.NewCluster;
using Kops.Model.Upgrades;
using Semver;

namespace Kops.Model.Tests.Upgrades;

/// <summary>The rules of RunUpgradeCluster.</summary>
public sealed class A_cluster_goes_to_what_its_channel_recommends
{
    private const string Newest = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20990101";

    private static readonly Channel Advice = new(
        [new("aws", "amd64", null, Newest), new("aws", "arm64", VersionRange.Parse(">=1.36.0"), "099720109477/arm")],
        [],
        [new(VersionRange.Parse(">=1.30.0-alpha.1"), null, null, "1.36.3")]
    );

    private static readonly ClusterFlags Old = new()
    {
        Zones = ["us-test-1a"],
        Networking = "cni",
        KubernetesVersion = "v1.34.0",
    };

    [Fact]
    public void Version_and_images_are_raised()
    {
        var before = Plans.Plan(Old);
        var plan = Upgrade(before);

        Assert.Equal(
            [
                new("Cluster", "KubernetesVersion", "v1.34.0", "1.36.3"),
                new("InstanceGroup/control-plane-us-test-1a", "Image", before.InstanceGroups[0].Spec.Image!, Newest),
                new("InstanceGroup/nodes-us-test-1a", "Image", before.InstanceGroups[1].Spec.Image!, Newest),
            ],
            plan.Actions
        );
        Assert.Equal("1.36.3", plan.Cluster.Spec.KubernetesVersion);
        Assert.All(plan.InstanceGroups, group => Assert.Equal(Newest, group.Spec.Image));
        Assert.Equal("v1.34.0", before.Cluster.Spec.KubernetesVersion);
    }

    [Fact]
    public void What_was_upgraded_needs_no_upgrade()
    {
        var once = Upgrade(Plans.Plan(Old));

        Assert.Empty(ClusterUpgrade.Plan(new(once.Cluster, once.InstanceGroups, "stable", Advice, TestFacts.Aws)).Actions);
    }

    [Theory]
    [InlineData("1.36.3")]
    [InlineData("v1.36.3")]
    public void The_same_version_in_other_words_is_no_upgrade(string version) =>
        Assert.DoesNotContain(
            Upgrade(Plans.Plan(Old with { KubernetesVersion = version })).Actions,
            action => action.Property == "KubernetesVersion"
        );

    [Fact]
    public void A_version_is_never_lowered()
    {
        var plan = Upgrade(Plans.Plan(Old with { KubernetesVersion = "1.37.0" }));

        Assert.Equal("1.37.0", plan.Cluster.Spec.KubernetesVersion);
        Assert.Contains(
            "cluster version \"1.37.0\" is greater than the desired version \"1.36.3\"",
            Assert.Single(plan.Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_user_may_choose_the_version()
    {
        var plan = Upgrade(Plans.Plan(Old), version: "1.35.1");

        Assert.Equal(("1.35.1", "1.35.1"), (plan.Cluster.Spec.KubernetesVersion, plan.Actions[0].New));
    }

    [Theory]
    [InlineData("ami-12345678")]
    [InlineData("123456789012/my-own-image")]
    public void An_image_of_the_users_own_is_left_alone_and_that_is_said(string image)
    {
        var plan = Upgrade(Plans.Plan(Old with { NodeImage = image }));

        Assert.Equal(image, plan.InstanceGroups[1].Spec.Image);
        Assert.Contains(
            $"custom image ({image}) has been provided for instance group \"nodes-us-test-1a\"",
            Assert.Single(plan.Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Machines_get_an_image_of_their_architecture()
    {
        var plan = Upgrade(Plans.Plan(Old with { NodeSizes = ["m6g.large"] }));

        Assert.Equal([Newest, "099720109477/arm"], plan.InstanceGroups.Select(group => group.Spec.Image));
    }

    [Fact]
    public void A_group_for_which_the_channel_has_no_image_is_left_alone_and_that_is_said()
    {
        var plan = Upgrade(Plans.Plan(Old with { NodeSizes = ["m6g.large"] }), version: "1.35.1");

        Assert.Contains("no image for instance group \"nodes-us-test-1a\"", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_channel_is_followed_from_now_on()
    {
        var plan = Upgrade(Plans.Plan(Old), channel: "alpha");

        Assert.Equal(new UpgradeAction("Cluster", "Channel", "stable", "alpha"), plan.Actions[0]);
        Assert.Equal("alpha", plan.Cluster.Spec.Channel);
    }

    [Fact]
    public void A_channel_that_says_nothing_changes_nothing()
    {
        var before = Plans.Plan(Old);

        Assert.Empty(ClusterUpgrade.Plan(new(before.Cluster, before.InstanceGroups, "stable", Channel.Empty, TestFacts.Aws)).Actions);
    }

    private static UpgradePlan Upgrade(NewClusterResult cluster, string channel = "stable", string? version = null) =>
        ClusterUpgrade.Plan(
            new(cluster.Cluster, cluster.InstanceGroups, channel, Advice, TestFacts.Aws)
            {
                KubernetesVersion = version is null ? null : SemVersion.Parse(version),
            }
        );
}
