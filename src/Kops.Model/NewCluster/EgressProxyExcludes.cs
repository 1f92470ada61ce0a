using System.Net;
using Kops.Api;

namespace Kops.Model.NewCluster;

/// <summary>Addresses that must never go through an egress proxy: the machine's own, the API's, pods and services, the network.</summary>
internal static class EgressProxyExcludes
{
    public static void Assign(Cluster cluster)
    {
        var spec = cluster.Spec;
        if (spec.EgressProxy is not { } proxy)
            return;
        var given = proxy.Excludes ?? string.Empty;
        List<string> excludes = given.Length == 0 ? [] : [.. given.Split(',')];
        string?[] always =
        [
            "127.0.0.1",
            "localhost",
            spec.ClusterDNSDomain,
            spec.MasterPublicName,
            cluster.Metadata.Name,
            FirstService(spec),
            spec.NonMasqueradeCIDR,
        ];
        Add(always);
        if (spec.CloudProvider == "aws")
            Add("169.254.169.254"); // the machine's metadata
        Add(spec.NetworkCIDR);
        proxy.Excludes = string.Join(',', excludes);

        // kOps looks for each as a part of the text that was given, not as an item.
        void Add(params string?[] items) =>
            excludes.AddRange(items.OfType<string>().Where(item => item.Length > 0 && !given.Contains(item, StringComparison.Ordinal)));
    }

    private static string? FirstService(ClusterSpec spec)
    {
        if (!IPNetwork.TryParse(spec.NonMasqueradeCIDR ?? string.Empty, out var network))
            return null;
        var bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes).ToString();
    }
}
