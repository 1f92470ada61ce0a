namespace Kops.Operations.Review;

/// <summary>What sealing keys and secrets did.</summary>
/// <param name="Written">Files that were new, or had changed, or are for somebody else now.</param>
/// <param name="Total">All that are kept.</param>
public sealed record SealedFiles(int Written, int Total)
{
    /// <summary>The key of a service that opens the key that was made for the directory; null when none was made.</summary>
    public string? MadeKeyFor { get; init; }

    /// <summary>Clusters whose sealed files are still for the keys before, since they were not pulled.</summary>
    public IReadOnlyList<string> Stale { get; init; } = [];
}
