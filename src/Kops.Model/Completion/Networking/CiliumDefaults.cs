using Kops.Api;
using Kops.Model.Completion.Context;

namespace Kops.Model.Completion.Networking;

/// <summary>Cilium.</summary>
internal static class CiliumDefaults
{
    public static void Apply(CompletionContext context)
    {
        if (context.Spec.Networking?.Cilium is not { } cilium)
            return;
        cilium.Version ??= ComponentVersions.Cilium;
        cilium.CpuRequest ??= "25m";
        cilium.MemoryRequest ??= "128Mi";
        cilium.ClusterName ??= "default";
        cilium.AgentPrometheusPort ??= 9090;
        cilium.MonitorAggregation ??= "medium";
        cilium.SidecarIstioProxyImage ??= "cilium/istio_proxy";
        cilium.ToFqdnsDnsRejectResponseCode ??= "refused";
        cilium.IdentityAllocationMode ??= "crd";
        cilium.IdentityChangeGracePeriod ??= "5s";
        cilium.DisableCNPStatusUpdates ??= true;
        cilium.CniExclusive ??= true;
        cilium.EnableEndpointHealthChecking ??= true;
        cilium.EnableHostFirewall ??= false;
        cilium.EnableL7Proxy ??= true;
        cilium.EnableLocalRedirectPolicy ??= false;
        cilium.EnableRemoteNodeIdentity ??= true;
        cilium.EnableUnreachableRoutes ??= false;
        if (cilium.EnableEncryption == true)
            cilium.EncryptionType ??= "ipsec";
        // Whoever describes a part means to have it.
        var (hasHubble, hasGateway, hasIngress) = (cilium.Hubble is not null, cilium.GatewayAPI is not null, cilium.Ingress is not null);
        cilium.EnsureHubble().Enabled ??= hasHubble;
        cilium.EnsureGatewayAPI().Enabled ??= hasGateway;
        cilium.EnsureIngress().Enabled ??= hasIngress;
        Maps(cilium);
        Routing(context, cilium);
    }

    // Sizes of the kernel's tables: Cilium's own defaults, made explicit so that an update does not change them.
    private static void Maps(CiliumNetworkingSpec cilium)
    {
        cilium.BpfCTGlobalAnyMax ??= 262144;
        cilium.BpfCTGlobalTCPMax ??= 524288;
        cilium.BpfLBAlgorithm ??= "random";
        cilium.BpfLBMaglevTableSize ??= "16381";
        cilium.BpfLBMapMax ??= 65536;
        cilium.BpfNATGlobalMax ??= 524288;
        cilium.BpfNeighGlobalMax ??= 524288;
        cilium.BpfPolicyMapMax ??= 16384;
    }

    // Pods with addresses of the cloud's own network need no tunnel; IPv6 addresses are good everywhere and need no masquerade.
    private static void Routing(CompletionContext context, CiliumNetworkingSpec cilium)
    {
        cilium.Ipam ??= "kubernetes";
        cilium.Tunnel ??= cilium.Ipam == "eni" || context.IsIPv6Only ? "disabled" : "vxlan";
        cilium.DisableMasquerade ??= context.IsIPv6Only;
        cilium.EnableBPFMasquerade ??= cilium.Ipam == "eni";
    }
}
