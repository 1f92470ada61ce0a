using Kops.Resources.Files;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Hetzner;

/// <summary>What a cluster needs on Hetzner Cloud.</summary>
internal static class HetznerResources
{
    private static readonly Func<HetznerCluster, IEnumerable<Resource>>[] Builders =
    [
        NetworkBuilder.Build,
        BalancerBuilder.Build,
        ServerBuilder.Build,
    ];

    public static CloudResources Build(ResourceRequest request)
    {
        var cluster = new HetznerCluster(request);
        var files = ManagedFileBuilder.Build(request, cluster.Region);
        return new(
            [new("hcloud", Block.Of((cluster.Spec.Target?.Terraform?.ProviderExtraConfig).OrNone())), .. files.Providers],
            [.. Builders.SelectMany(build => build(cluster)), .. files.Resources],
            [new("cluster_name", new TextValue(cluster.Name)), new("region", new TextValue(cluster.Region))]
        );
    }
}
