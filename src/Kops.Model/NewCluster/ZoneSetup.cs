using System.Globalization;
using Kops.Api;
using Kops.Api.Clouds;
using Kops.Model.Flags;
using static Kops.Model.NewCluster.CloudSetup;

namespace Kops.Model.NewCluster;

/// <summary>Zones, and the subnets that stand for them.</summary>
internal static class ZoneSetup
{
    public static void Apply(ClusterDraft draft)
    {
        var shared = SharedSubnets.ByZone(draft, "subnets", draft.Flags.SubnetIds);
        foreach (var zone in draft.AllZones)
            draft.SubnetsOfZone[zone] = [Main(draft, zone, shared)];

        // Each further range of the network is a subnet of its own, dealt to the zones in turn.
        var ranges = draft.Flags.NetworkCidrs ?? [];
        if (draft.Cloud.Subnets != SubnetLayout.Zone)
            return;
        for (var i = 1; i < ranges.Count; i++)
        {
            var zone = draft.Zones[(i - 1) % draft.Zones.Count];
            var name = string.Create(CultureInfo.InvariantCulture, $"{zone}-{i}");
            Add(
                draft,
                new()
                {
                    Name = name,
                    Zone = zone,
                    Cidr = ranges[i],
                    Egress = draft.Request.Egress,
                    Id = shared.GetValueOrDefault(zone),
                }
            );
            draft.SubnetsOfZone[zone].Add(name);
        }
    }

    private static string Main(ClusterDraft draft, string zone, IReadOnlyDictionary<string, string> shared)
    {
        var region = draft.Cloud.RegionOf(zone);
        var name = draft.Cloud.Subnets switch
        {
            SubnetLayout.Region => region,
            SubnetLayout.Cluster => draft.Request.Name,
            _ => zone,
        };
        if (draft.Spec.Subnets.Any(subnet => subnet.Name == name))
            return name;
        Add(
            draft,
            draft.Cloud.Subnets switch
            {
                SubnetLayout.Zone => new()
                {
                    Name = name,
                    Zone = zone,
                    Egress = draft.Request.Egress,
                    Id = shared.GetValueOrDefault(zone),
                },
                SubnetLayout.RegionIsZone => new()
                {
                    Name = name,
                    Region = zone,
                    Zone = zone,
                },
                SubnetLayout.Region => new()
                {
                    Name = name,
                    Region = region,
                    Id = OnlySubnet(draft),
                },
                _ => new() { Name = name, Region = region },
            }
        );
        return name;
    }

    // A subnet that spans a region is the only one, so that it needs no looking up.
    private static string? OnlySubnet(ClusterDraft draft) =>
        draft.Flags.SubnetIds switch
        {
            null or [] => null,
            [var id] => Given(id),
            _ => throw new InvalidFlagException("subnets", $"--subnets: a cluster on {draft.Cloud.Name} has exactly one subnet"),
        };

    private static void Add(ClusterDraft draft, ClusterSubnetSpec subnet) => draft.Spec.Subnets.Add(subnet);
}
