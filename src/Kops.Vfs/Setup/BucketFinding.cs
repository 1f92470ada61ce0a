namespace Kops.Vfs.Setup;

/// <summary>How a bucket is in one respect.</summary>
/// <param name="Kind">Whether it is as wanted.</param>
/// <param name="Detail">How it is, or why it stays so; null where there is nothing to say.</param>
public readonly record struct BucketFinding(BucketFindingKind Kind, string? Detail)
{
    /// <summary>It is as wanted.</summary>
    public static BucketFinding Met(string? detail = null) => new(BucketFindingKind.Met, detail);

    /// <summary>It is not.</summary>
    public static BucketFinding Unmet(string? detail = null) => new(BucketFindingKind.Unmet, detail);

    /// <summary>It is not, and must not or cannot be changed from here.</summary>
    public static BucketFinding OutOfReach(string detail) => new(BucketFindingKind.OutOfReach, detail);

    /// <summary>One or the other.</summary>
    public static BucketFinding Of(bool isMet, string? detail = null) => isMet ? Met(detail) : Unmet(detail);
}
