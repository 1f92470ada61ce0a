using Kops.Model.Channels;
using Semver;

namespace Kops.Model.Tests.Channels;

public sealed class Channels_give_advice
{
    private static readonly Channel Stable = ChannelSnapshots.Find("stable")!;

    [Fact]
    public void A_new_cluster_gets_the_Kubernetes_that_the_channel_names_for_this_kOps() =>
        Assert.Equal("1.36.3", Stable.RecommendedKubernetes(SemVersion.Parse(Versions.Kops)));

    [Theory]
    [InlineData("aws", "amd64", "1.31.9", "jammy")]
    [InlineData("aws", "amd64", "1.32.0", "noble")]
    [InlineData("aws", "arm64", "1.36.3", "noble")]
    [InlineData("azure", "arm64", "1.36.3", "server-arm64")]
    public void An_image_is_found_by_cloud_architecture_and_version(string cloud, string architecture, string version, string part) =>
        Assert.Contains(part, Stable.FindImage(cloud, architecture, SemVersion.Parse(version)), StringComparison.Ordinal);

    [Fact]
    public void No_image_is_no_image() => Assert.Null(Stable.FindImage("metal", "amd64", SemVersion.Parse("1.36.3")));

    [Theory]
    [InlineData(">=1.32.0 <1.36.0", "1.32.0", true)]
    [InlineData(">=1.32.0 <1.36.0", "1.36.0-alpha.1", true)]
    [InlineData(">=1.32.0 <1.36.0", "1.36.0", false)]
    [InlineData(">=1.32.0", "1.32.0-beta.1", false)]
    [InlineData(">=1.36.0-alpha.1", "1.37.0-alpha.1", true)]
    [InlineData("<1.27.0 || >=1.32.0", "1.33.0", true)]
    [InlineData("<1.27.0 || >=1.32.0", "1.30.0", false)]
    public void A_pre_release_lies_just_before_its_release(string range, string version, bool contains) =>
        Assert.Equal(contains, VersionRange.Parse(range).Contains(SemVersion.Parse(version)));

    [Fact]
    public void An_older_patch_is_advised_to_go_up_and_a_newer_one_left_alone()
    {
        Assert.Equal(new("1.36.3", false), Stable.KubernetesUpgrade(SemVersion.Parse("1.36.1")));
        Assert.Equal(new(null, false), Stable.KubernetesUpgrade(SemVersion.Parse("1.36.9")));
    }

    [Theory]
    [InlineData("v1.32.0", "1.32.0")]
    [InlineData("1.32", "1.32.0")]
    [InlineData("https://dl.k8s.io/release/v1.33.1-rc.0/bin", "1.33.1-rc.0")]
    [InlineData("https://example.com/builds/v1.36.x/latest", "1.36.0")]
    [InlineData(" 1.35.1 ", "1.35.1")]
    public void Kubernetes_versions_are_read_in_all_their_forms(string text, string version)
    {
        Assert.True(Versions.TryParseKubernetes(text, out var parsed));
        Assert.Equal(version, parsed.ToString());
    }
}
