namespace Kops.Api.Validation;

/// <summary>What a cloud asks of a cluster's network.</summary>
internal sealed record CloudTraits(string Id)
{
    private static readonly CloudTraits[] Known =
    [
        new("aws")
        {
            DnsTypes = ["Public", "Private", "None"],
            NeedsSubnets = true,
            NeedsNetworkCidr = true,
            NeedsSubnetZone = true,
            AllowsMoreNetworkCidrs = true,
        },
        new("azure")
        {
            DnsTypes = ["None"],
            NeedsSubnets = true,
            NeedsNetworkCidr = true,
            NeedsSubnetRegion = true,
        },
        new("digitalocean")
        {
            DnsTypes = ["Public", "None"],
            NeedsPrivateNetworkCidr = true,
            NeedsSubnetRegion = true,
        },
        new("gce")
        {
            DnsTypes = ["Public", "Private", "None"],
            NeedsSubnets = true,
            NeedsSubnetRegion = true,
            ForbidsNetworkCidr = true,
            NeedsNonMasqueradeCidr = false,
        },
        new("hetzner") { DnsTypes = ["None"] },
        new("linode")
        {
            DnsTypes = ["None"],
            NeedsPrivateNetworkCidr = true,
            NeedsSubnetRegion = true,
        },
        new("metal") { DnsTypes = ["None"], NeedsSubnets = true },
        new("openstack") { DnsTypes = ["Public", "Private", "None"], NeedsSubnets = true },
        new("scaleway") { DnsTypes = ["Public", "None"], NeedsSubnets = true },
    ];

    /// <summary>The names that <c>spec.cloudProvider</c> can have. Metal has none: a label asks for it.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(cloud => cloud.Id).Where(id => id != "metal")];

    /// <summary>How the cluster's names can be published.</summary>
    public IReadOnlyList<string> DnsTypes { get; init; } = ["Public", "Private", "None"];

    /// <summary>Whether the network's range must be a private one, and goes without a network that exists already.</summary>
    public bool NeedsPrivateNetworkCidr { get; init; }

    public bool NeedsSubnets { get; init; }

    public bool NeedsNetworkCidr { get; init; }

    public bool ForbidsNetworkCidr { get; init; }

    public bool AllowsMoreNetworkCidrs { get; init; }

    public bool NeedsNonMasqueradeCidr { get; init; } = true;

    public bool NeedsSubnetRegion { get; init; }

    public bool NeedsSubnetZone { get; init; }

    /// <summary>The cloud of that name; one that asks for nothing where there is none.</summary>
    public static CloudTraits Find(string? name) =>
        Known.FirstOrDefault(cloud => cloud.Id == name)
        ?? new CloudTraits(name ?? string.Empty) { AllowsMoreNetworkCidrs = true, NeedsNonMasqueradeCidr = false };
}
