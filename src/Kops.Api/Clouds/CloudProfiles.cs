using System.Text.RegularExpressions;

namespace Kops.Api.Clouds;

/// <summary>The one table of clouds. Facts of kOps 1.37 unless said otherwise.</summary>
public static partial class CloudProfiles
{
    /// <summary>The label that names the cloud where the spec cannot.</summary>
    public const string CloudLabel = "alpha.kops.k8s.io/cloud";

    /// <summary>All clouds, by name.</summary>
    public static IReadOnlyList<CloudProfile> All { get; } =
    [
        new()
        {
            Name = "aws",
            Member = "aws",
            HasDnsZones = true,
            StoreScheme = "s3",
            RegionOfZone = AwsRegion(),
            HasIPv6 = true,
            MixesMachineTypes = true,
            EncryptsEtcd = true,
            Ranges = SubnetRanges.PartsOfNetwork,
            NetworkCidr = "172.20.0.0/16",
            KnowsNetworkRanges = true,
            MatchesSubnetsToZones = true,
            LoadBalancerClass = "Network",
            NeedsMachineTypes = true,
            ArmMachines = AwsArm(),
            GpuMachines = AwsGpu(),
            KnowsArchitectures = true,
            CanBeAsked = true,
            MachineTypes = Types("t3.medium", "t3.medium", "t3.micro", "t3.medium"),
            NeedsSubnets = true,
            NeedsNetworkCidr = true,
            NeedsSubnetZone = true,
            AllowsMoreNetworkCidrs = true,
        },
        new()
        {
            Name = "azure",
            Member = "azure",
            Maturity = "Azure",
            StoreScheme = "azureblob",
            Subnets = SubnetLayout.Cluster,
            RegionOfZone = NumberedRegion(),
            ZoneExample = "eastus-1",
            GroupsNameZones = true,
            Ranges = SubnetRanges.PartsOfNetwork,
            NetworkCidr = "10.0.0.0/16",
            KnowsNetworkRanges = true,
            HasCloudConfig = true,
            ArmMachines = AzureArm(),
            MachineTypes = Types("Standard_B2s", "Standard_B2s", "Standard_B2s"),
            DnsTypes = ["None"],
            NeedsSubnets = true,
            NeedsNetworkCidr = true,
            NeedsSubnetRegion = true,
        },
        new()
        {
            Name = "digitalocean",
            Member = "do",
            HasDnsZones = true,
            StoreScheme = "do",
            Subnets = SubnetLayout.RegionIsZone,
            MostZones = 1,
            AlwaysNumbersControlPlanes = true,
            MachineTypes = Types("s-2vcpu-4gb-amd", "s-2vcpu-4gb-amd"),
            Images = Ubuntu("ubuntu-22-04-x64", "ubuntu-24-04-x64"),
            DnsTypes = ["Public", "None"],
            NeedsPrivateNetworkCidr = true,
            NeedsSubnetRegion = true,
        },
        new()
        {
            Name = "gce",
            Member = "gce",
            HasDnsZones = true,
            StoreScheme = "gs",
            Subnets = SubnetLayout.Region,
            RegionOfZone = LetteredRegion(),
            ZoneExample = "us-central1-a",
            GroupsNameZones = true,
            HasUtilitySubnets = false,
            Ranges = SubnetRanges.FreeRanges,
            HasCloudConfig = true,
            ArmMachines = GceArm(),
            MachineTypes = Types("e2-medium", "e2-medium", "e2-micro"),
            NeedsSubnets = true,
            NeedsSubnetRegion = true,
            ForbidsNetworkCidr = true,
            NeedsNonMasqueradeCidr = false,
        },
        new()
        {
            Name = "hetzner",
            Member = "hetzner",
            StoreScheme = "hos",
            TokenVariable = "HCLOUD_TOKEN",
            MostZones = 1,
            ControlPlaneMayLeaveZones = true,
            MachineTypes = Types("cx23", "cx23", "cx23"),
            Images = Ubuntu("ubuntu-22.04", "ubuntu-24.04"),
            DnsTypes = ["None"],
        },
        new()
        {
            Name = "linode",
            Member = "linode",
            Maturity = "Linode",
            StoreScheme = "linode",
            TokenVariable = "LINODE_TOKEN",
            Subnets = SubnetLayout.RegionIsZone,
            MostZones = 1,
            MachineTypes = Types("g6-standard-2", "g6-standard-2", "g6-standard-1"),
            Images = Ubuntu("linode/ubuntu22.04", "linode/ubuntu24.04"),
            DnsTypes = ["None"],
            NeedsPrivateNetworkCidr = true,
            NeedsSubnetRegion = true,
        },
        new()
        {
            Name = "metal",
            Feature = "Metal",
            Images = [new(null, "dummy-metal-image")],
            DnsTypes = ["None"],
            NeedsSubnets = true,
        },
        new()
        {
            Name = "openstack",
            Member = "openstack",
            StoreScheme = "swift",
            Ranges = SubnetRanges.PartsOfNetwork,
            MatchesSubnetsToZones = true,
            HasCloudConfig = true,
            NeedsMachineTypes = true,
            NeedsSubnets = true,
        },
        new()
        {
            Name = "scaleway",
            Member = "scaleway",
            Maturity = "Scaleway",
            StoreScheme = "scw",
            RegionOfZone = LetteredRegion(),
            ZoneExample = "fr-par-1",
            MostZones = 1,
            MachineTypes = Types("DEV1-M", "DEV1-M"),
            Images = Ubuntu("ubuntu_jammy", "ubuntu_noble"),
            DnsTypes = ["Public", "None"],
            NeedsSubnets = true,
        },
    ];

    /// <summary>The cloud of that name; null when there is none.</summary>
    public static CloudProfile? Find(string? name) => All.FirstOrDefault(cloud => cloud.Name == name);

    /// <summary>The cloud of a cluster. Metal is told by a label, since kops.k8s.io/v1alpha2 has no such provider.</summary>
    /// <exception cref="FormatException">The cluster names none, or one that there is not.</exception>
    public static CloudProfile Of(Cluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var name = cluster.Spec.CloudProvider ?? (cluster.Metadata.Labels.TryGetValue(CloudLabel, out var label) ? label : null);
        return Find(name)
            ?? throw new FormatException(
                name is null
                    ? "spec.cloudProvider is missing"
                    : $"spec.cloudProvider: there is no cloud '{name}'; there are {string.Join(", ", All.Select(cloud => cloud.Name))}"
            );
    }

    // kOps has none for groups of API servers but on AWS, and none for bastions on DigitalOcean and Scaleway.
    private static Dictionary<MachineRole, string> Types(string controlPlane, string node, string? bastion = null, string? apiServer = null)
    {
        var types = new Dictionary<MachineRole, string> { [MachineRole.ControlPlane] = controlPlane, [MachineRole.Node] = node };
        if (bastion is not null)
            types[MachineRole.Bastion] = bastion;
        if (apiServer is not null)
            types[MachineRole.ApiServer] = apiServer;
        return types;
    }

    private static CloudImage[] Ubuntu(string jammy, string noble) => [new("<1.32.0", jammy), new(null, noble)];

    // us-east-1a; the zones of a local zone (us-west-2-lax-1a) belong to the region before them.
    [GeneratedRegex(@"^(?<region>[a-z]+(-[a-z]+)+-?\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex AwsRegion();

    // us-central1-a: what follows the second part does not matter to kOps.
    [GeneratedRegex(@"^(?<region>[^-]+-[^-]+)-", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex LetteredRegion();

    [GeneratedRegex(@"^(?<region>[^-]*)-[^-]*$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex NumberedRegion();

    // Graviton: a1, and a "g" after the generation (m6g, c7gn, im4gn, is4gen).
    [GeneratedRegex(@"^(a1|[a-z]+\d+[a-z]*g[a-z]*)\.", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex AwsArm();

    // g4dn, g6e, gr6, p5: what the cloud describes as having one, whoever made it.
    [GeneratedRegex(@"^(gr?\d|p\d)[a-z]*\.", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex AwsGpu();

    [GeneratedRegex(@"^(t2a|c4a|n4a|a4x)-", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex GceArm();

    // The "p" after the number of processors: Standard_D2ps_v5.
    [GeneratedRegex(@"^Standard_[A-Z]+\d+[a-z]*p[a-z]*_v\d", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex AzureArm();
}
