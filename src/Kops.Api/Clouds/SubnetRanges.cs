namespace Kops.Api.Clouds;

/// <summary>How the subnets of a new cluster get their address ranges.</summary>
public enum SubnetRanges
{
    /// <summary>They have none, or the cloud gives them.</summary>
    None,

    /// <summary>Parts of the network's range.</summary>
    PartsOfNetwork,

    /// <summary>Free ranges of fixed size within 10.0.0.0/8.</summary>
    FreeRanges,
}
