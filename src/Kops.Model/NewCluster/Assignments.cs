using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Values that must be chosen once and then stay: address ranges and names (kOps: PerformAssignments). What is set already is kept.</summary>
internal static class Assignments
{
    public static void Apply(ClusterDraft draft)
    {
        Network(draft);
        // Calico's BPF data plane does what kube-proxy does.
        if (draft.Spec.Networking?.Calico?.BpfEnabled == true) draft.Spec.EnsureKubeProxy().Enabled ??= false;
        // Service addresses of IP aliases are chosen with the pods'.
        if (draft.Spec.Networking?.Gce is null) draft.Spec.NonMasqueradeCIDR ??= "100.64.0.0/10";
        if (draft.Spec.Topology?.Dns?.Type is null or "Public") draft.Spec.MasterPublicName ??= "api." + draft.Request.Name;
        if (draft.Cloud.Ranges == SubnetRanges.PartsOfNetwork) SubnetPlanner.Assign(draft.Spec, draft.Facts);
        else if (draft.Cloud.Ranges == SubnetRanges.FreeRanges) FreeRangePlanner.Assign(draft.Spec, draft.Facts);
        EgressProxyExcludes.Assign(draft.Cluster);
    }

    private static void Network(ClusterDraft draft)
    {
        var spec = draft.Spec;
        if (!draft.Cloud.KnowsNetworkRanges || spec.NetworkCIDR is not null) return;
        spec.NetworkCIDR = spec.NetworkID is not { } id
            ? draft.Cloud.NetworkCidr
            : draft.Facts.FindNetwork(id)?.Cidr ?? throw new InvalidFlagException(
                "network-cidr", $"--network-cidr is needed: the address range of the network '{id}' is not known here (a file that KOPS_CLOUD_FACTS names can tell)");
        // Pods of the Amazon VPC network have addresses of the network itself.
        if (spec.Networking?.Amazonvpc is not null && spec.NonMasqueradeCIDR != "::/0") spec.NonMasqueradeCIDR = spec.NetworkCIDR;
    }
}
