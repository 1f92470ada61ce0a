namespace Kops.Api.Validation;

/// <summary>What a cloud asks of a cluster's network.</summary>
internal sealed record CloudTraits(string Id)
{
    private static readonly CloudTraits[] Known =
    [
        new("aws") { NeedsSubnets = true, NeedsNetworkCidr = true, NeedsSubnetZone = true, AllowsMoreNetworkCidrs = true },
        new("azure") { NeedsSubnets = true, NeedsNetworkCidr = true, NeedsSubnetRegion = true },
        new("digitalocean") { NeedsSubnetRegion = true },
        new("gce") { NeedsSubnets = true, NeedsSubnetRegion = true, ForbidsNetworkCidr = true, NeedsNonMasqueradeCidr = false },
        new("hetzner"),
        new("linode"),
        new("metal") { NeedsSubnets = true },
        new("openstack") { NeedsSubnets = true },
        new("scaleway") { NeedsSubnets = true },
    ];

    /// <summary>The names that <c>spec.cloudProvider</c> can have. Metal has none: a label asks for it.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(cloud => cloud.Id).Where(id => id != "metal")];

    public bool NeedsSubnets { get; init; }

    public bool NeedsNetworkCidr { get; init; }

    public bool ForbidsNetworkCidr { get; init; }

    public bool AllowsMoreNetworkCidrs { get; init; }

    public bool NeedsNonMasqueradeCidr { get; init; } = true;

    public bool NeedsSubnetRegion { get; init; }

    public bool NeedsSubnetZone { get; init; }

    /// <summary>The cloud of that name; one that asks for nothing where there is none.</summary>
    public static CloudTraits Find(string? name) =>
        Known.FirstOrDefault(cloud => cloud.Id == name) ?? new CloudTraits(name ?? string.Empty) { AllowsMoreNetworkCidrs = true, NeedsNonMasqueradeCidr = false };
}
