using Kops.Resources.Aws.Core;
using Kops.Resources.Values;

namespace Kops.Resources.Aws.Network;

/// <summary>The network, its address ranges, and how its machines are told names.</summary>
internal static class VpcBuilder
{
    public static IEnumerable<Resource> Build(AwsCluster cluster)
    {
        if (cluster.Spec.NetworkID is { Length: > 0 } id)
        {
            yield return Resource.Shared(AwsKinds.Vpc, cluster.Name, id);
            yield break;
        }

        yield return new(
            AwsKinds.Vpc,
            cluster.Name,
            new()
            {
                ["assign_generated_ipv6_cidr_block"] = true,
                ["cidr_block"] = cluster.Spec.NetworkCIDR,
                ["enable_dns_hostnames"] = true,
                ["enable_dns_support"] = true,
                ["tags"] = cluster.TagMap(cluster.Name),
            }
        );
        foreach (var range in cluster.Spec.AdditionalNetworkCIDRs)
            yield return new(AwsKinds.VpcRange, $"cidr-{range}", new() { ["cidr_block"] = range, ["vpc_id"] = cluster.Vpc() });

        var options = new Resource(
            AwsKinds.DhcpOptions,
            cluster.Name,
            new()
            {
                ["domain_name"] = cluster.Region == "us-east-1" ? "ec2.internal" : $"{cluster.Region}.compute.internal",
                ["domain_name_servers"] = Value.List(["AmazonProvidedDNS"]),
                ["tags"] = cluster.TagMap(cluster.Name),
            }
        );
        yield return options;
        yield return new(
            AwsKinds.DhcpOptionsAssociation,
            cluster.Name,
            new() { ["dhcp_options_id"] = options.Ref(), ["vpc_id"] = cluster.Vpc() }
        );
    }
}
