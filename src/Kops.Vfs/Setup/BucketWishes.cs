namespace Kops.Vfs.Setup;

/// <summary>What a bucket is made for.</summary>
public sealed record BucketWishes
{
    /// <summary>
    /// Where the state begins in it, ending in <c>/ </c>: old versions are removed below this alone. Empty for all of the bucket.
    /// </summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>
    /// Days for which old versions are kept; null for <see cref="UsualVersionDays"/>, or whatever the bucket has already.
    /// </summary>
    public int? VersionDays { get; init; }

    /// <summary>Where a new bucket is made: the service's region or location; null for the one that it has by itself.</summary>
    public string? Region { get; init; }

    /// <summary>The project that a new bucket belongs to, on services that have such; null where the credentials tell.</summary>
    public string? Project { get; init; }

    /// <summary>Days for which old versions are kept where nobody says otherwise.</summary>
    public const int UsualVersionDays = 90;

    /// <summary>Days after which an upload that was never completed is removed.</summary>
    public const int UploadDays = 7;

    /// <summary>The days to set.</summary>
    public int DaysToSet => VersionDays ?? UsualVersionDays;

    /// <summary>Whether it is enough that old versions are kept for so many days.</summary>
    public bool Accepts(int days) => VersionDays is null ? days > 0 : days == VersionDays;
}
