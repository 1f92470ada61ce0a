using Kops.Api;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>What OpenStack needs to be told: its router, volumes, load balancer and monitors.</summary>
internal static class OpenstackSetup
{
    public static void Apply(ClusterDraft draft)
    {
        var flags = draft.Flags;
        var openstack = draft.Spec.EnsureCloudConfig().EnsureOpenstack();
        var router = openstack.EnsureRouter();
        router.ExternalNetwork = flags.OpenstackExternalNet ?? string.Empty;
        router.ExternalSubnet = Given(flags.OpenstackExternalSubnet);
        router.DnsServers = Given(flags.OpenstackDnsServers);

        var volumes = openstack.EnsureBlockStorage();
        volumes.BsVersion = "v3";
        volumes.IgnoreVolumeAz = flags.OpenstackIgnoreAz ?? false;
        volumes.ClusterName = draft.Request.Name;

        var monitor = openstack.EnsureMonitor();
        monitor.Delay = "15s";
        monitor.Timeout = "10s";
        monitor.MaxRetries = 3;

        // Without an explicit type, kOps leaves the cloud's load balancer unconfigured.
        if (Given(flags.ApiLoadBalancerType) is not null)
            LoadBalancer(flags, openstack.EnsureLoadbalancer());
        draft.Spec.EnsureCloudControllerManager().ClusterName = draft.Request.Name;
    }

    private static void LoadBalancer(ClusterFlags flags, OpenstackLoadbalancerConfig balancer)
    {
        var useOctavia = flags.OpenstackOctavia ?? false;
        var provider = useOctavia ? Given(flags.OpenstackOctaviaProvider) ?? "octavia" : "haproxy";
        balancer.FloatingNetwork = flags.OpenstackExternalNet ?? string.Empty;
        // OVN's load balancer balances by flow alone.
        balancer.Method = provider == "ovn" ? "SOURCE_IP_PORT" : "ROUND_ROBIN";
        balancer.Provider = provider;
        balancer.UseOctavia = useOctavia;
        balancer.FloatingSubnet = Given(flags.OpenstackLbSubnet);
    }
}
