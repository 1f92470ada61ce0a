using Kops.Resources.Files;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Scaleway;

/// <summary>What a cluster needs on Scaleway.</summary>
internal static class ScalewayResources
{
    private static readonly Func<ScalewayCluster, IEnumerable<Resource>>[] Builders =
    [
        ServerBuilder.Build,
        VolumeBuilder.Build,
        BalancerBuilder.Build,
        DnsBuilder.Build,
    ];

    public static CloudResources Build(ResourceRequest request)
    {
        var cluster = new ScalewayCluster(request);
        var files = ManagedFileBuilder.Build(request, cluster.Region);
        var settings = new Block { ["region"] = cluster.Region, ["zone"] = cluster.Zone }.With(
            Block.Of((cluster.Spec.Target?.Terraform?.ProviderExtraConfig).OrNone())
        );
        return new(
            [new("scaleway", settings), .. files.Providers.Where(provider => provider.Name != "scaleway")],
            [.. Builders.SelectMany(build => build(cluster)), .. files.Resources],
            [
                new("cluster_name", new TextValue(cluster.Name)),
                new("region", new TextValue(cluster.Region)),
                new("zone", new TextValue(cluster.Zone)),
            ]
        );
    }
}
