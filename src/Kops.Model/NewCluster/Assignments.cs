using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>
/// Values that must be chosen once and then stay: address ranges and names (kOps: PerformAssignments). What is set already is kept.
/// </summary>
internal static class Assignments
{
    public static void Apply(Cluster cluster, CloudProfile cloud, ProviderFacts facts)
    {
        var spec = cluster.Spec;
        if (cloud.Ranges == SubnetRanges.FreeRanges)
            FreeRangePlanner.Assign(cluster, facts);
        Network(spec, cloud, facts);
        // kOps sets the time for which backups are kept whenever it touches a cluster.
        foreach (var etcd in spec.EtcdClusters)
            etcd.EnsureManager().BackupRetentionDays ??= 90;
        // Calico's BPF data plane does what kube-proxy does.
        if (spec.Networking?.Calico?.BpfEnabled == true)
            spec.EnsureKubeProxy().Enabled ??= false;
        spec.NonMasqueradeCIDR ??= "100.64.0.0/10";
        if (spec.Topology?.Dns?.Type is null or "Public")
            spec.MasterPublicName ??= "api." + cluster.Metadata.Name;
        if (cloud.Ranges == SubnetRanges.PartsOfNetwork)
            SubnetPlanner.Assign(spec, facts);
        EgressProxyExcludes.Assign(cluster);
    }

    private static void Network(ClusterSpec spec, CloudProfile cloud, ProviderFacts facts)
    {
        if (!cloud.KnowsNetworkRanges || spec.NetworkCIDR is not null)
            return;
        // A network of Azure is found in its resource group.
        if (cloud.Name == "azure" && spec.NetworkID is not null && spec.CloudConfig?.Azure?.ResourceGroupName is null)
            throw new InvalidFlagException(
                "azure-resource-group-name",
                "--azure-resource-group-name is needed with --network-id, or the range of the network with --network-cidr"
            );
        spec.NetworkCIDR = spec.NetworkID is not { } id
            ? cloud.NetworkCidr
            : facts.FindNetwork(id)?.Cidr
                ?? throw new InvalidFlagException(
                    "network-cidr",
                    $"--network-cidr is needed (spec.networkCIDR): the address range of the network '{id}' is not known here (a file that "
                        + $"KOPS_CLOUD_FACTS names can tell)"
                );
        // Pods of the Amazon VPC network have addresses of the network itself.
        if (spec.Networking?.Amazonvpc is not null && spec.NonMasqueradeCIDR != "::/0")
            spec.NonMasqueradeCIDR = spec.NetworkCIDR;
    }
}
