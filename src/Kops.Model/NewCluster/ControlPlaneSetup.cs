using System.Globalization;
using Kops.Api.Clouds;

namespace Kops.Model.NewCluster;

/// <summary>The groups of control-plane machines: one machine each, dealt to the zones in turn.</summary>
internal static class ControlPlaneSetup
{
    public const string Prefix = "control-plane-";

    public static void Apply(ClusterDraft draft)
    {
        var zones = draft.Flags.ControlPlaneZones is { Count: > 0 } given ? given : draft.Zones;
        var count = Count(draft.Flags);
        var isNumbered = count > zones.Count || (draft.Cloud.AlwaysNumbersControlPlanes && count == zones.Count);
        if (count > zones.Count && count > 1)
            draft.Warnings.Add("several control-plane nodes stand in one zone: the cluster does not outlive it (--control-plane-zones)");
        for (var i = 0; i < count; i++)
        {
            var zone = zones[i % zones.Count];
            var name = isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{Prefix}{zone}-{1 + (i / zones.Count)}") : Prefix + zone;
            // Only the zone's main subnet, so that etcd's volumes and load balancers stay in one range.
            var subnet = draft.SubnetsOfZone[zone][0];
            Groups.Add(
                draft,
                name,
                MachineRole.ControlPlane,
                1,
                zone,
                [draft.IsIPv6 && draft.IsPrivate ? "dualstack-" + subnet : subnet],
                draft.Flags.ControlPlaneSizes
            );
        }
    }

    /// <summary>
    /// How many: as asked for, else one in each zone that was named for the control plane, else one. Zero means "not said" (kOps).
    /// </summary>
    public static int Count(ClusterFlags flags) =>
        flags.ControlPlaneCount is { } count and > 0 ? count
        : flags.ControlPlaneZones is { Count: > 0 } zones ? zones.Count
        : 1;
}
