namespace Kops.Vfs.Extensions;

/// <summary>What holds for all stores of a driver.</summary>
public sealed record NetworkStoreOptions
{
    /// <summary>Requests to one store at a time; null for no limit. 32 where nothing is said.</summary>
    public int? MaxConcurrency { get; init; } = 32;

    /// <summary>
    /// Whether it is tried once, before the first conditional write, that the server honours conditions: some S3-compatible services take
    /// them and do nothing. It makes and removes an object below <c>.kops-vfs/probe/</c>. Off, the driver is trusted.
    /// </summary>
    public bool TriesConditions { get; init; } = true;
}
