using Kops.Resources.Files;
using Kops.Resources.Gce.Balancers;
using Kops.Resources.Gce.Core;
using Kops.Resources.Gce.Firewall;
using Kops.Resources.Gce.Identity;
using Kops.Resources.Gce.Machines;
using Kops.Resources.Gce.Network;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Gce;

/// <summary>What a cluster needs on Google Cloud.</summary>
internal static class GceResources
{
    private static readonly Func<GceCluster, IEnumerable<Resource>>[] Builders =
    [
        NetworkBuilder.Build,
        FirewallBuilder.Build,
        BalancerBuilder.Build,
        GroupBuilder.Build,
        DiskBuilder.Build,
        ServiceAccountBuilder.Build,
    ];

    public static CloudResources Build(ResourceRequest request)
    {
        var cluster = new GceCluster(request);
        var files = ManagedFileBuilder.Build(request, cluster.Region);
        var settings = new Dictionary<string, string>(
            (cluster.Spec.Target?.Terraform?.ProviderExtraConfig).OrNone(),
            StringComparer.Ordinal
        )
        {
            ["project"] = cluster.Project,
            ["region"] = cluster.Region,
        };
        return new(
            [new("google", Block.Of(settings)), .. files.Providers],
            [.. Builders.SelectMany(build => build(cluster)), .. files.Resources],
            [
                new("cluster_name", new TextValue(cluster.Name)),
                new("project", new TextValue(cluster.Project)),
                new("region", new TextValue(cluster.Region)),
            ]
        );
    }
}
