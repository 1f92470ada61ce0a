using System.Text.RegularExpressions;
using Kops.Model.Channels;

namespace Kops.Model.Clouds;

/// <summary>How clusters are laid out on one cloud: all that differs from cloud to cloud, as values. <see cref="CloudProfiles"/> has them.</summary>
public sealed record CloudProfile
{
    /// <summary>kOps' name for the cloud: what <c>--cloud</c> takes.</summary>
    public required string Name { get; init; }

    /// <summary>The feature flag without which kOps refuses the cloud; null when there is none.</summary>
    public string? Feature { get; init; }

    /// <summary>The scheme of stores that lie in this cloud, from which the cloud is guessed: <c>s3</c>.</summary>
    public string? StoreScheme { get; init; }

    /// <summary>What subnets stand for.</summary>
    public SubnetLayout Subnets { get; init; } = SubnetLayout.Zone;

    /// <summary>The region of a zone, as the first group of a pattern; null when zones do not tell.</summary>
    public Regex? RegionOfZone { get; init; }

    /// <summary>How many zones a cluster can have; 0 for any number.</summary>
    public int MostZones { get; init; }

    /// <summary>How subnets get their address ranges.</summary>
    public SubnetRanges Ranges { get; init; }

    /// <summary>The network's address range when the user names none; null when there is none to choose.</summary>
    public string? NetworkCidr { get; init; }

    /// <summary>Whether the range of a network that exists is looked up.</summary>
    public bool KnowsNetworkRanges { get; init; }

    /// <summary>Whether subnets that exist are matched to zones by looking them up.</summary>
    public bool MatchesSubnetsToZones { get; init; }

    /// <summary>Whether a private topology needs a utility subnet beside each private one, for load balancers and bastions.</summary>
    public bool HasUtilitySubnets { get; init; } = true;

    /// <summary>Whether instance groups name their zones, since a subnet spans several.</summary>
    public bool GroupsNameZones { get; init; }

    /// <summary>Whether control-plane groups are numbered even when each has a zone of its own.</summary>
    public bool AlwaysNumbersControlPlanes { get; init; }

    /// <summary>Whether several machine types make a mixed group.</summary>
    public bool MixesMachineTypes { get; init; }

    /// <summary>Whether etcd's volumes are encrypted when the user says nothing.</summary>
    public bool EncryptsEtcd { get; init; }

    /// <summary>Whether pods can have IPv6 addresses.</summary>
    public bool HasIPv6 { get; init; }

    /// <summary>The class of the API's load balancer; null when the cloud has no classes.</summary>
    public string? LoadBalancerClass { get; init; }

    /// <summary>Whether <c>spec.cloudConfig</c> is there, be it empty.</summary>
    public bool HasCloudConfig { get; init; }

    /// <summary>Machine types for each role when neither the user nor the facts name one.</summary>
    public IReadOnlyDictionary<MachineRole, string> MachineTypes { get; init; } = new Dictionary<MachineRole, string>();

    /// <summary>Whether a group must have a machine type in the end.</summary>
    public bool NeedsMachineTypes { get; init; }

    /// <summary>Images for when the channel has none.</summary>
    public IReadOnlyList<ChannelImage> Images { get; init; } = [];

    /// <summary>The machine types that are arm64, by their names; null when there are none.</summary>
    public Regex? ArmMachines { get; init; }

    /// <summary>The region of a zone; the zone itself when zones do not tell.</summary>
    public string RegionOf(string zone) => RegionOfZone?.Match(zone) is { Success: true } match ? match.Groups["region"].Value : zone;

    /// <summary>The architecture of a machine type: <c>amd64</c> or <c>arm64</c>.</summary>
    public string ArchitectureOf(string? machineType, ProviderFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (machineType is null) return "amd64";
        return facts.Architectures.TryGetValue(machineType, out var known) ? known : ArmMachines?.IsMatch(machineType) == true ? "arm64" : "amd64";
    }
}
