using Kops.Model.Completion.Context;
using Kops.Model.NewCluster;

namespace Kops.Model.Completion.Preparation;

/// <summary>
/// The addresses of pods, the second half of <c>nonMasqueradeCIDR </c>, and of services, always the same range (kOps 1.37).
/// </summary>
internal static class AddressDefaults
{
    public const string Domain = "cluster.local";
    private const string StandardServices = "100.64.0.0/13";
    private const string IPv6Services = "fd00:5e4f:ce::/108";

    public static void Apply(CompletionContext context)
    {
        var spec = context.Spec;
        spec.ClusterDNSDomain ??= Domain;
        if (context.IsIPv6Only)
        {
            // Pods have addresses of the cloud then.
            spec.ServiceClusterIPRange ??= IPv6Services;
            return;
        }

        if (spec.NonMasqueradeCIDR is null || (spec.PodCIDR is not null && spec.ServiceClusterIPRange is not null))
            return;
        if (!AddressRange.TryParse(spec.NonMasqueradeCIDR, out var all))
            throw new FormatException($"spec.nonMasqueradeCIDR: '{spec.NonMasqueradeCIDR}' is not an address range such as 100.64.0.0/10");
        spec.PodCIDR ??= all.Divide(1).ElementAt(1).ToString();
        spec.ServiceClusterIPRange ??= StandardServices;
    }

    /// <summary>The n-th address of the services' range.</summary>
    public static string ServiceAddress(CompletionContext context, byte number)
    {
        var range = context.Spec.ServiceClusterIPRange ?? StandardServices;
        if (!System.Net.IPNetwork.TryParse(range, out var network))
            throw new FormatException($"spec.serviceClusterIPRange: '{range}' is not an address range such as {StandardServices}");
        var bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1] += number;
        return new System.Net.IPAddress(bytes).ToString();
    }
}
