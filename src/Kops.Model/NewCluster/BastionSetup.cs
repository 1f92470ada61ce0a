using Kops.Api.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>The bastion: a machine through which the private ones are reached.</summary>
internal static class BastionSetup
{
    public static void Apply(ClusterDraft draft)
    {
        if (draft.Flags.Bastion != true)
            return;
        if (!draft.IsPrivate)
            throw new InvalidFlagException("bastion", "--bastion needs --topology private: public machines are reached without one");
        var subnets = draft.IsIPv6 ? draft.Spec.Subnets.Where(subnet => subnet.Type == "DualStack").Select(subnet => subnet.Name!) : [];
        var group = Groups.Add(draft, "bastions", MachineRole.Bastion, 1, null, [.. subnets], null);
        if (draft.Cloud.Name == "gce")
            group.Spec.Zones.Set(draft.AllZones);
        if (DnsSetup.PublishesRecords(draft))
            draft.Spec.EnsureTopology().EnsureBastion().BastionPublicName = "bastion." + draft.Request.Name;
    }
}
