using Kops.Resources.Files;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Azure;

/// <summary>What a cluster needs on Azure.</summary>
internal static class AzureResources
{
    private static readonly Func<AzureCluster, IEnumerable<Resource>>[] Builders =
    [
        NetworkBuilder.Build,
        FirewallBuilder.Build,
        BalancerBuilder.Build,
        ScaleSetBuilder.Build,
        DiskBuilder.Build,
    ];

    public static CloudResources Build(ResourceRequest request)
    {
        var cluster = new AzureCluster(request);
        var files = ManagedFileBuilder.Build(request, cluster.Region);
        var settings = Block
            .Of((cluster.Spec.Target?.Terraform?.ProviderExtraConfig).OrNone())
            .With(new() { ["features"] = new Block(), ["subscription_id"] = cluster.Settings.SubscriptionId });
        return new(
            [new("azurerm", settings), .. files.Providers],
            [.. Builders.SelectMany(build => build(cluster)), .. files.Resources],
            [new("cluster_name", new TextValue(cluster.Name)), new("region", new TextValue(cluster.Region))]
        );
    }
}
