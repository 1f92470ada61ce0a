namespace Kops.Api.Clouds;

/// <summary>What a subnet of a new cluster stands for.</summary>
public enum SubnetLayout
{
    /// <summary>A zone; it is named after it.</summary>
    Zone,

    /// <summary>A region, named after it, whose zones share it.</summary>
    Region,

    /// <summary>A region, named after the cluster.</summary>
    Cluster,

    /// <summary>A region that is its only zone.</summary>
    RegionIsZone,
}
