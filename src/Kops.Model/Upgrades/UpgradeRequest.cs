using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Semver;

namespace Kops.Model.Upgrades;

/// <summary>All that an upgrade is planned from.</summary>
/// <param name="Cluster">The cluster as it is.</param>
/// <param name="InstanceGroups">Its instance groups.</param>
/// <param name="ChannelName">The channel's name, path or address: the cluster follows it from now on.</param>
/// <param name="Channel">What the channel says.</param>
/// <param name="Facts">What is known of the clouds: architectures of machine types.</param>
public sealed record UpgradeRequest(
    Cluster Cluster,
    IReadOnlyList<InstanceGroup> InstanceGroups,
    string ChannelName,
    Channel Channel,
    CloudFacts Facts
)
{
    /// <summary>The Kubernetes version to go to; null for the one that the channel recommends.</summary>
    public SemVersion? KubernetesVersion { get; init; }
}
