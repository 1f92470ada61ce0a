using System.Numerics;
using Kops.Api;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>
/// Divides the network's range among the subnets that have none. Subnets for machines get equal parts of the network, as large as
/// they can be; with utility subnets, the first part is kept for those and divided by eight. In the order of zones. Subnets that exist
/// already bring what they have.
/// </summary>
internal static class SubnetPlanner
{
    // A part must hold a /28, the smallest subnet of AWS.
    private const int LongestPrefix = 28;
    private const int UtilityBits = 3;

    public static void Assign(ClusterSpec spec, ProviderFacts facts)
    {
        TakeKnown(spec, facts);
        ClusterSubnetSpec[] open = [.. spec.Subnets.Where(NeedsRange)];
        if (open.Length == 0)
            return;
        if (!AddressRange.TryParse(spec.NetworkCIDR, out var network))
            throw new InvalidFlagException(
                "network-cidr",
                spec.NetworkCIDR is null
                    ? "--network-cidr is needed (spec.networkCIDR)"
                    : $"--network-cidr (spec.networkCIDR): '{spec.NetworkCIDR}' is not an IPv4 range such as 10.0.0.0/16"
            );

        // Those that have a range in the network count too: what is added later is as large as what is there. A private IPv6 subnet has
        // no IPv4 range, and still counts as one (kOps).
        var inside = spec.Subnets.Where(subnet => !AddressRange.TryParse(subnet.Cidr, out var range) || range.Overlaps(network)).ToList();
        ClusterSubnetSpec[] large = [.. inside.Where(subnet => subnet.Type != "Utility").OrderBy(ZoneOf, StringComparer.Ordinal)];
        ClusterSubnetSpec[] small = [.. inside.Where(subnet => subnet.Type == "Utility").OrderBy(ZoneOf, StringComparer.Ordinal)];
        AddressRange[] taken =
        [
            .. spec.Subnets.Select(subnet => subnet.Cidr).Where(cidr => AddressRange.TryParse(cidr, out _)).Select(Parse),
        ];

        var parts = new Queue<AddressRange>(
            FreeParts(
                network,
                taken,
                large.Length + (small.Length > 0 ? 1 : 0),
                large.Count(subnet => subnet.Cidr is null) + (small.Any(NeedsRange) ? 1 : 0)
            )
        );
        if (small.Any(NeedsRange))
        {
            var bits = Math.Max(UtilityBits, BitsFor(small.Length));
            foreach (var (subnet, part) in small.Where(NeedsRange).Zip(parts.Dequeue().Divide(bits)))
                subnet.Cidr = part.ToString();
        }

        foreach (var subnet in large.Where(NeedsRange))
            subnet.Cidr = parts.Dequeue().ToString();
    }

    // Subnets that exist have the zone and the range that they have.
    private static void TakeKnown(ClusterSpec spec, ProviderFacts facts)
    {
        if (spec.NetworkID is not { } networkId)
            return;
        var network = facts.FindNetwork(networkId);
        foreach (var subnet in spec.Subnets.Where(subnet => subnet.Id is not null))
        {
            if (network?.FindSubnet(subnet.Id!) is not { } known)
            {
                if (subnet.Cidr is not null)
                    continue;
                throw new InvalidFlagException(
                    "subnets",
                    $"--subnets (spec.subnets): nothing is known of the subnet '{subnet.Id}' in the network '{networkId}': describe it in "
                        + $"the file that KOPS_CLOUD_FACTS names"
                );
            }

            subnet.Cidr = Agreed(subnet, "cidr", subnet.Cidr, known.Cidr);
            subnet.Zone = Agreed(subnet, "zone", subnet.Zone, known.Zone);
        }
    }

    private static string? Agreed(ClusterSubnetSpec subnet, string field, string? said, string? known) =>
        said is null || known is null || said == known
            ? said ?? known
            : throw new InvalidFlagException(
                "subnets",
                $"--subnets (spec.subnets): the subnet '{subnet.Name}' says {field} {said}, and '{subnet.Id}' has {known}: remove it, or "
                    + "name another subnet"
            );

    // Parts for so many subnets; smaller ones where what is taken leaves too few free.
    private static AddressRange[] FreeParts(AddressRange network, AddressRange[] taken, int all, int open)
    {
        for (var bits = BitsFor(all); network.Length + bits <= LongestPrefix; bits++)
        {
            AddressRange[] free = [.. network.Divide(bits).Where(part => !taken.Any(part.Overlaps))];
            if (free.Length >= open)
                return free;
        }

        throw new InvalidFlagException(
            "network-cidr",
            $"--network-cidr (spec.networkCIDR): {network} has no room for {open} further subnets: give a larger range, or fewer zones"
        );
    }

    // An IPv6-only subnet has no IPv4 range.
    private static bool NeedsRange(ClusterSubnetSpec subnet) =>
        subnet.Cidr is null && !(subnet.Type == "Private" && subnet.Ipv6CIDR is not null);

    private static string ZoneOf(ClusterSubnetSpec subnet) => subnet.Zone ?? string.Empty;

    private static AddressRange Parse(string? text) => AddressRange.TryParse(text, out var range) ? range : default;

    private static int BitsFor(int parts) => parts <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)(parts - 1));
}
