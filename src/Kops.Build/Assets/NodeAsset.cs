namespace Kops.Build.Assets;

/// <summary>A file that machines download when they start.</summary>
/// <param name="Canonical">Its address at its makers.</param>
/// <param name="Sha256">Its SHA-256 where the cluster's spec or the environment says so; null where it is looked up.</param>
public sealed record NodeAsset(string Canonical, string? Sha256 = null)
{
    /// <summary>Other places that have it, by their addresses.</summary>
    public IReadOnlyList<string> Mirrors { get; init; } = [];
}
