using System.Net;
using System.Security.Cryptography;
using Kops.Api.Documents;
using Kops.Build.Input;
using Kops.Build.Trees;

namespace Kops.Build.Nodes;

/// <summary>What machines are told with their user data.</summary>
internal static class BootConfigs
{
    private const int Port = 3988;

    // Clouds where no name leads to kops-controller at first.
    private static readonly string[] ByAddress = ["digitalocean", "hetzner", "metal", "scaleway"];

    public static BootConfig Of(GroupContext group, ReadOnlySpan<byte> config)
    {
        var context = group.Cluster;
        var addresses = context.UsesNoDns || ByAddress.Contains(context.Cloud.Name) ? Reachable(context).ToList() : [];
        return new BootConfig(
            context.Cloud.Name,
            context.Name,
            group.Name,
            RoleNames.Internal(group.Role),
            Convert.ToBase64String(SHA256.HashData(config))
        )
        {
            ApiServerIPs = addresses,
            ConfigBase = group.RunsApi ? context.ConfigBase : null,
            ConfigServer = group.RunsApi ? null : Server(context, addresses),
        };
    }

    private static ConfigServer Server(BuildContext context, List<string> addresses)
    {
        var name = $"kops-controller.internal.{context.Name}";
        string[] hosts = addresses.Count > 0 ? [.. addresses] : [name];
        return new ConfigServer(
            Keys.Find(context, Keys.Kubernetes).Bundle,
            [.. hosts.Select(host => $"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{Port}/")]
        )
        {
            TlsServerName = addresses.Count > 0 ? name : null,
        };
    }

    // Addresses of the load balancer that lie within the cluster's network, where the cloud has one.
    private static IEnumerable<string> Reachable(BuildContext context)
    {
        var addresses = context.Request.ApiAddresses.Where(address => IPAddress.TryParse(address, out _));
        return context.Cloud.Name switch
        {
            "aws" or "hetzner" or "openstack" => addresses.Where(address =>
                IsV6(address)
                || (
                    context.Spec.NonMasqueradeCIDR != "::/0"
                    && IsWithin(address, [context.Spec.NetworkCIDR, .. context.Spec.AdditionalNetworkCIDRs])
                )
            ),
            "gce" => addresses.Where(address => IsWithin(address, context.Spec.Subnets.Select(subnet => subnet.Cidr))),
            _ => addresses,
        };
    }

    private static bool IsV6(string address) => address.Contains(':', StringComparison.Ordinal);

    private static bool IsWithin(string address, IEnumerable<string?> ranges) =>
        ranges.Any(range => range is not null && IPNetwork.TryParse(range, out var network) && network.Contains(IPAddress.Parse(address)));
}
