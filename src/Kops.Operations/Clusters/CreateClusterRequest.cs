using Kops.Model.NewCluster;

namespace Kops.Operations.Clusters;

/// <summary>A cluster that is wanted.</summary>
/// <param name="Name">Its name, a DNS name.</param>
/// <param name="Flags">What shapes it; what is not given is chosen.</param>
public sealed record CreateClusterRequest(string Name, ClusterFlags Flags)
{
    /// <summary>The Azure subscription, for a cluster that names none.</summary>
    public string? AzureSubscription { get; init; }

    /// <summary>The variables with a cloud's token that are at hand: they tell whose an <c>s3://</c> store is.</summary>
    public IReadOnlyCollection<string> Tokens { get; init; } = [];
}
