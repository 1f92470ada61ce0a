using System.Text.RegularExpressions;

namespace Kops.Api.Clouds;

/// <summary>
/// One cloud: all that differs from cloud to cloud, as values. <see cref="CloudProfiles"/> has them.
/// </summary>
public sealed record CloudProfile
{
    /// <summary>kOps' name for the cloud: what <c>--cloud</c> takes.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// What the cloud's object is called in <c>spec.cloudProvider</c> of v1alpha3; null where there is none. v1alpha2 has the cloud's
    /// name, and a label where there is no object.
    /// </summary>
    public string? Member { get; init; }

    /// <summary>The feature flag without which kOps refuses the cloud; null when there is none.</summary>
    public string? Feature { get; init; }

    /// <summary>
    /// The feature flag that kOps' own commands want before they make anything in the cloud; describing a cluster does not need it. Null
    /// when there is none.
    /// </summary>
    public string? Maturity { get; init; }

    /// <summary>The environment variable whose token says that an <c>s3://</c> store belongs to this cloud; null when none does.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>The scheme of stores that lie in this cloud, from which the cloud is guessed: <c>s3</c>.</summary>
    public string? StoreScheme { get; init; }

    /// <summary>What subnets stand for.</summary>
    public SubnetLayout Subnets { get; init; } = SubnetLayout.Zone;

    /// <summary>The region of a zone, as the first group of a pattern; null when zones do not tell.</summary>
    public Regex? RegionOfZone { get; init; }

    /// <summary>A zone as the cloud writes them, for messages.</summary>
    public string ZoneExample { get; init; } = "us-east-1a";

    /// <summary>How many zones nodes can have; 0 for any number.</summary>
    public int MostZones { get; init; }

    /// <summary>Whether the control plane can have other zones than the nodes where these can have one alone.</summary>
    public bool ControlPlaneMayLeaveZones { get; init; }

    /// <summary>How subnets get their address ranges.</summary>
    public SubnetRanges Ranges { get; init; }

    /// <summary>The network's address range when the user names none; null when there is none to choose.</summary>
    public string? NetworkCidr { get; init; }

    /// <summary>Whether there is a driver that can ask the cloud what a user leaves open.</summary>
    public bool CanBeAsked { get; init; }

    /// <summary>Whether the cloud has DNS zones, one of which must be found for a cluster whose names are published.</summary>
    public bool HasDnsZones { get; init; }

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
    public IReadOnlyList<CloudImage> Images { get; init; } = [];

    /// <summary>The machine types that are arm64, by their names; null when there are none.</summary>
    public Regex? ArmMachines { get; init; }

    /// <summary>The machine types with a graphics processor, by their names; null when there are none.</summary>
    public Regex? GpuMachines { get; init; }

    /// <summary>Whether kOps asks the cloud for the architecture of a machine type; elsewhere it takes every machine for amd64.</summary>
    public bool KnowsArchitectures { get; init; }

    /// <summary>How a cluster's names can be published: the values of <c>spec.topology.dns.type</c>.</summary>
    public IReadOnlyList<string> DnsTypes { get; init; } = ["Public", "Private", "None"];

    /// <summary>Whether the network's range must be a private one, and goes without a network that exists already.</summary>
    public bool NeedsPrivateNetworkCidr { get; init; }

    /// <summary>Whether a cluster must have subnets.</summary>
    public bool NeedsSubnets { get; init; }

    /// <summary>Whether a cluster must say its network's range.</summary>
    public bool NeedsNetworkCidr { get; init; }

    /// <summary>Whether a cluster must not say its network's range: networks have none there.</summary>
    public bool ForbidsNetworkCidr { get; init; }

    /// <summary>Whether a network can have more than one range.</summary>
    public bool AllowsMoreNetworkCidrs { get; init; }

    /// <summary>Whether a cluster must say which addresses are not masqueraded.</summary>
    public bool NeedsNonMasqueradeCidr { get; init; } = true;

    /// <summary>Whether each subnet must name its region.</summary>
    public bool NeedsSubnetRegion { get; init; }

    /// <summary>Whether each subnet must name its zone.</summary>
    public bool NeedsSubnetZone { get; init; }

    /// <summary>The region of a zone; the zone itself when zones do not tell.</summary>
    public string RegionOf(string zone) => RegionOfZone?.Match(zone) is { Success: true } match ? match.Groups["region"].Value : zone;

    /// <summary>Whether machines of the type have a graphics processor.</summary>
    public bool HasGpu(string machineType) => GpuMachines?.IsMatch(machineType) == true;

    /// <summary>Whether the machine type is arm64 by its name.</summary>
    public bool IsArm(string machineType) => ArmMachines?.IsMatch(machineType) == true;
}
