using Kops.Model.Completion.Context;
using Kops.Model.Completion.Preparation;

namespace Kops.Model.Completion.Components;

/// <summary>The cluster's DNS server.</summary>
internal static class CoreDnsDefaults
{
    public static void Apply(CompletionContext context)
    {
        var dns = context.Spec.EnsureKubeDNS();
        dns.CacheMaxConcurrent ??= 150;
        dns.CacheMaxSize ??= 1000;
        dns.CpuRequest ??= "100m";
        dns.Domain ??= context.Spec.ClusterDNSDomain;
        dns.MemoryLimit ??= "170Mi";
        dns.MemoryRequest ??= "70Mi";
        dns.Provider ??= "CoreDNS";
        dns.ServerIP ??= AddressDefaults.ServiceAddress(context, 10);
        // The cloud's resolver answers for IPv6 hosts, and makes IPv6 addresses for others.
        if (context.IsIPv6Only && context.Cloud.Name == "aws")
            ApiServerDefaults.Fill(dns.UpstreamNameservers, ["fd00:ec2::253"]);

        var local = dns.EnsureNodeLocalDNS();
        local.Enabled ??= false;
        local.Image ??= ComponentVersions.NodeLocalDns;
        local.CpuRequest ??= "25m";
        local.MemoryRequest ??= "5Mi";
        if (local.Enabled != true)
            return;
        local.LocalIP ??= context.IsIPv6Only ? "fd00:90de:d95::1" : "169.254.20.10";
        local.ForwardToKubeDNS ??= false;
    }
}
