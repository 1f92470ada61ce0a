using Kops.Api.Clouds;

namespace Kops.Model.Clouds;

/// <summary>What is known of one cloud. A list that is empty says that nothing is known, not that there is nothing.</summary>
public sealed record ProviderFacts
{
    /// <summary>Nothing.</summary>
    public static ProviderFacts None { get; } = new();

    /// <summary>The account, subscription or project that clusters are made in, where the cloud has a notion of it.</summary>
    public string? Project { get; init; }

    /// <summary>The zones of each region.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Regions { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The machine type for a role when the user names none; goes before the cloud's own default.</summary>
    public IReadOnlyDictionary<MachineRole, string> DefaultMachineTypes { get; init; } = new Dictionary<MachineRole, string>();

    /// <summary>The architecture of machine types whose name does not tell it.</summary>
    public IReadOnlyDictionary<string, string> Architectures { get; init; } = new Dictionary<string, string>();

    /// <summary>The networks that exist, with their subnets.</summary>
    public IReadOnlyList<NetworkFact> Networks { get; init; } = [];

    /// <summary>The DNS zones that exist.</summary>
    public IReadOnlyList<DnsZoneFact> DnsZones { get; init; } = [];

    /// <summary>AWS: the partition that the account lies in, as ARNs name it; null for that of the region.</summary>
    public string? Partition { get; init; }

    /// <summary>Machine images, by the name that an instance group gives them.</summary>
    public IReadOnlyDictionary<string, ImageFact> Images { get; init; } = new Dictionary<string, ImageFact>();

    /// <summary>Machine types; one that is not here has no disks of its own.</summary>
    public IReadOnlyDictionary<string, MachineFact> Machines { get; init; } = new Dictionary<string, MachineFact>();

    /// <summary>The gateways of networks that the user brought along, by network.</summary>
    public IReadOnlyDictionary<string, GatewayFact> Gateways { get; init; } = new Dictionary<string, GatewayFact>();

    /// <summary>The architecture that a machine's image is chosen for: <c>amd64</c> or <c>arm64</c>. What is known goes first.</summary>
    public string ArchitectureOf(CloudProfile cloud, string? machineType)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        if (machineType is null)
            return "amd64";
        return Architectures.TryGetValue(machineType, out var known) ? known
            : cloud.KnowsArchitectures && cloud.IsArm(machineType) ? "arm64"
            : "amd64";
    }

    /// <summary>The network of that id; null when it is not known.</summary>
    public NetworkFact? FindNetwork(string id) => Networks.FirstOrDefault(network => network.Id == id);

    /// <summary>The network that a subnet lies in; null when the subnet is not known.</summary>
    public NetworkFact? FindNetworkOf(string subnetId) =>
        Networks.FirstOrDefault(network => network.Subnets.Any(subnet => subnet.Id == subnetId));

    /// <summary>
    /// The DNS zones that a name would be published in: those with the longest domain that it ends in. More than one is a question that
    /// only the user can answer.
    /// </summary>
    public IReadOnlyList<DnsZoneFact> FindDnsZones(string name, bool isPrivate) =>
        DnsZones
            .Where(zone => zone.IsPrivate == isPrivate && ("." + name).EndsWith("." + zone.Name, StringComparison.Ordinal))
            .GroupBy(zone => zone.Name.Length)
            .MaxBy(zones => zones.Key)
            ?.ToList()
        ?? [];

    /// <summary>
    /// Whether the zone exists; null when nothing is known of the cloud's zones. Zones at the edge of a region (<c>us-west-2-lax-1a</c>)
    /// count as existing, since they come and go.
    /// </summary>
    public bool? HasZone(string zone) =>
        Regions.Count == 0
            ? null
            : Regions.Any(region =>
                region.Value.Contains(zone)
                || zone.StartsWith(region.Key + "-", StringComparison.Ordinal) && zone.Length > region.Key.Length + 2
            );
}
