using Kops.Api;
using Kops.Model.Clouds;
using Kops.Model.Flags;

namespace Kops.Model.NewCluster;

/// <summary>
/// Chooses free ranges within 10.0.0.0/8 for the subnets of Google Cloud, and for pods and services where those are ranges of the
/// subnet too (IP aliases). Ranges of the network's known subnets are not free; the very first range is left alone.
/// </summary>
internal static class FreeRangePlanner
{
    private const string All = "10.0.0.0/8";
    private const int SubnetLength = 20;
    private const int AliasedSubnetLength = 19;
    private const int ServiceLength = 16;
    private const int PodLength = 14;

    /// <summary>Whether pods have addresses of the network itself, on Google Cloud: kindnet sends their packets as they are, too.</summary>
    public static bool UsesIPAliases(ClusterSpec spec) => spec.Networking is { Gce: not null } or { Kindnet: not null };

    public static void Assign(Cluster cluster, ProviderFacts facts)
    {
        var spec = cluster.Spec;
        var network = Network(cluster, facts);
        List<AddressRange> taken = [];
        foreach (var subnet in network?.Subnets ?? [])
        {
            if (AddressRange.TryParse(subnet.Cidr, out var range))
                taken.Add(range);
        }

        if (UsesIPAliases(spec))
            AssignAliases(spec, taken);
        else
            foreach (var subnet in spec.Subnets.Where(subnet => subnet.Id is null && subnet.Cidr is null))
                subnet.Cidr = Take(taken, SubnetLength);
    }

    // A cluster's own network has its name. One that is shared may stand in another project: PROJECT/NETWORK.
    private static NetworkFact? Network(Cluster cluster, ProviderFacts facts)
    {
        var id = cluster.Spec.NetworkID ?? cluster.Metadata.Name!.Replace('.', '-');
        return facts.FindNetwork(id) ?? facts.FindNetwork(id[(id.LastIndexOf('/') + 1)..]);
    }

    private static void AssignAliases(ClusterSpec spec, List<AddressRange> taken)
    {
        if (spec.Subnets.Count != 1)
            throw new InvalidFlagException("zones", "--zones: with --networking gcp or kindnet, all zones must lie in one region");
        if (spec is { PodCIDR: not null, ServiceClusterIPRange: not null } && spec.Subnets[0].Cidr is not null)
            return;
        spec.PodCIDR = Take(taken, PodLength);
        spec.ServiceClusterIPRange = Take(taken, ServiceLength);
        spec.Subnets[0].Cidr = Take(taken, AliasedSubnetLength);
        spec.NonMasqueradeCIDR ??= All;
    }

    private static string Take(List<AddressRange> taken, int length)
    {
        if (!AddressRange.TryParse(All, out var all))
            throw new InvalidOperationException();
        for (var range = all.First(length).Next(); range is { } candidate && all.Contains(candidate); range = candidate.Next())
        {
            if (taken.Any(candidate.Overlaps))
                continue;
            taken.Add(candidate);
            return candidate.ToString();
        }

        throw new InvalidFlagException("network-id", $"--network-id: no range of size /{length} is free within {All}");
    }
}
