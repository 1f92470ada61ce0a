using Kops.Resources.Aws.Balancers;
using Kops.Resources.Aws.Core;
using Kops.Resources.Aws.Events;
using Kops.Resources.Aws.Firewall;
using Kops.Resources.Aws.Identity;
using Kops.Resources.Aws.Machines;
using Kops.Resources.Aws.Network;
using Kops.Resources.Files;
using Kops.Resources.Requests;
using Kops.Resources.Values;

namespace Kops.Resources.Aws;

/// <summary>What a cluster needs on AWS.</summary>
internal static class AwsResources
{
    // One for each concern. They know nothing of each other but names.
    private static readonly Func<AwsCluster, IEnumerable<Resource>>[] Builders =
    [
        VpcBuilder.Build,
        SubnetBuilder.Build,
        RoutingBuilder.Build,
        FirewallBuilder.Build,
        ApiBalancerBuilder.Build,
        BastionBuilder.Build,
        DnsBuilder.Build,
        SshKeyBuilder.Build,
        LaunchTemplateBuilder.Build,
        AutoscalingGroupBuilder.Build,
        EtcdVolumeBuilder.Build,
        RoleBuilder.Build,
        TerminationQueueBuilder.Build,
    ];

    public static CloudResources Build(ResourceRequest request)
    {
        var cluster = new AwsCluster(request);
        var files = ManagedFileBuilder.Build(request, cluster.Region);
        List<Resource> resources = [.. Builders.SelectMany(build => build(cluster)), .. files.Resources];
        var settings = new Dictionary<string, string>(
            (cluster.Spec.Target?.Terraform?.ProviderExtraConfig).OrNone(),
            StringComparer.Ordinal
        )
        {
            ["region"] = cluster.Region,
        };
        return new([new("aws", Block.Of(settings)), .. files.Providers], resources, [.. AwsOutputs.Build(cluster, resources)]);
    }
}
