using System.Globalization;
using Kops.Api;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>Whether machines have public addresses, and the subnets that follow from it.</summary>
internal static class TopologySetup
{
    public static void Apply(ClusterDraft draft)
    {
        foreach (var subnet in draft.Spec.Subnets)
            subnet.Type = draft.IsPrivate ? "Private" : "Public";
        if (draft.IsPrivate)
            MakePrivate(draft);
        if (draft.IsIPv6)
            MakeIPv6(draft);
    }

    private static void MakePrivate(ClusterDraft draft)
    {
        if (draft.Spec.Networking?.Kubenet is not null)
            throw new InvalidFlagException(
                "networking",
                "--networking kubenet does not work with --topology private: choose another pod network, for example cilium"
            );
        var shared = SharedSubnets.ByZone(draft, "utility-subnets", draft.Flags.UtilitySubnetIds);
        ClusterSubnetSpec[] main = [.. draft.Spec.Subnets];
        // Machines that IPv4 clients must reach, the control plane and bastions, stand in subnets with both families.
        if (draft.IsIPv6)
            Beside("dualstack-", "DualStack");
        if (draft.Cloud.HasUtilitySubnets)
            Beside("utility-", "Utility");

        void Beside(string prefix, string type)
        {
            foreach (var subnet in main)
            {
                draft.Spec.Subnets.Add(
                    new()
                    {
                        Name = prefix + subnet.Name,
                        Zone = subnet.Zone,
                        Region = subnet.Region,
                        Type = type,
                        Id = subnet.Zone is { } zone ? shared.GetValueOrDefault(zone) : null,
                    }
                );
            }
        }
    }

    private static void MakeIPv6(ClusterDraft draft)
    {
        draft.Spec.NonMasqueradeCIDR = "::/0";
        // kOps starts it anew, without what was set for the cloud.
        draft.Spec.CloudControllerManager = new();
        if (!draft.Cloud.HasIPv6)
        {
            draft.Warnings.Add($"--ipv6 works on AWS alone: subnets on {draft.Cloud.Name} get no IPv6 range");
            return;
        }

        // The n-th /64 of the range that the cloud gives to the network, n in hexadecimal.
        for (var i = 0; i < draft.Spec.Subnets.Count; i++)
            draft.Spec.Subnets[i].Ipv6CIDR = string.Create(CultureInfo.InvariantCulture, $"/64#{i:x}");
    }
}
