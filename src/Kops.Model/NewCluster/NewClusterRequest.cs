using Kops.Model.Channels;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>All that a new cluster is made from.</summary>
/// <param name="Name">The cluster's name, a DNS name.</param>
/// <param name="StateStore">The address of the store: the cluster's configBase is below it, and the cloud is guessed from it.</param>
/// <param name="Flags">What the user asked for.</param>
/// <param name="Channel">The channel's advice.</param>
/// <param name="Facts">What is known of the clouds.</param>
/// <param name="Features">The features that are switched on.</param>
public sealed record NewClusterRequest(
    string Name,
    string StateStore,
    ClusterFlags Flags,
    Channel Channel,
    CloudFacts Facts,
    FeatureFlags Features
)
{
    /// <summary>How private subnets reach the world (<c>spec.subnets[].egress</c>): kOps has it in its library, without a flag.</summary>
    public string? Egress { get; init; }

    /// <summary>The Azure subscription that the environment names, for a user who names none.</summary>
    public string? AzureSubscription { get; init; }

    /// <summary>The variables with a cloud's token that are set in the environment: they tell whose an <c>s3://</c> store is.</summary>
    public IReadOnlyCollection<string> Tokens { get; init; } = [];
}
