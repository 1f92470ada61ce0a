using Kops.Api.Clouds;

namespace Kops.Model.Clouds;

/// <summary>What must be asked of a cloud, since neither the user nor the facts tell it.</summary>
/// <param name="Cloud">The cloud.</param>
/// <param name="Region">Where to ask.</param>
public sealed record CloudQuestions(string Cloud, string Region)
{
    /// <summary>Networks whose range, or whose subnets, must be known.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Subnets whose network and zone must be known.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Zones that the facts do not know: they may be newer.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Machine images, as instance groups name them, whose id and root device must be known.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Machine types that may have disks of their own.</summary>
    public IReadOnlyList<string> MachineTypes { get; init; } = [];

    /// <summary>Networks whose gateways must be known.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [];

    /// <summary>Whether it must be known which account this is.</summary>
    public bool AsksForAccount { get; init; }

    /// <summary>Whether nothing is asked.</summary>
    public bool IsEmpty => !IsUrgent && Zones.Count == 0;

    /// <summary>Whether a cluster cannot be planned without answers. Zones alone are then taken for mistakes.</summary>
    public bool IsUrgent => AsksForAccount || Networks.Count + Subnets.Count + Images.Count + MachineTypes.Count + Gateways.Count > 0;

    /// <summary>The questions of a cluster that is to be completed; null when there are none, or the cloud cannot be asked.</summary>
    internal static CloudQuestions? Of(Api.ClusterSpec spec, CloudProfile cloud, ProviderFacts facts)
    {
        if (!cloud.CanBeAsked || spec.NetworkID is not { Length: > 0 } network || facts.FindNetwork(network) is not null)
            return null;
        var isOpen = spec.NetworkCIDR is null || spec.Subnets.Any(subnet => subnet.Id is not null && subnet.Cidr is null);
        return isOpen && spec.Subnets.Select(subnet => subnet.Zone).OfType<string>().FirstOrDefault() is { } zone
            ? new(cloud.Name, cloud.RegionOf(zone)) { Networks = [network] }
            : null;
    }
}
