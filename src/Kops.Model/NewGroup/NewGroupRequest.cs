using Kops.Api;
using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewGroup;

/// <summary>All that a new instance group is made from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Its role as people write it: <c>node </c>, <c>control-plane </c> (also <c>master </c>), <c>bastion </c>, <c>apiserver
/// </c>; plurals too.</param>
/// <param name="Subnets">The subnets to run in; with none, those that suit the role.</param>
/// <param name="Zones">The zones to run in, for clouds whose subnets span zones.</param>
/// <param name="Cluster">The cluster that it is for.</param>
/// <param name="Channel">The channel's advice: images.</param>
/// <param name="Facts">What is known of the clouds: machine types.</param>
public sealed record NewGroupRequest(
    string Name,
    string Role,
    IReadOnlyList<string> Subnets,
    IReadOnlyList<string> Zones,
    Cluster Cluster,
    Channel Channel,
    CloudFacts Facts
)
{
    /// <summary>The features that are switched on.</summary>
    public FeatureFlags Features { get; init; } = FeatureFlags.Default;
}
