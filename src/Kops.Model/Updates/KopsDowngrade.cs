using Semver;

namespace Kops.Model.Updates;

/// <summary>Tells whether a cluster was last updated by a newer kOps than the one whose behaviour this program has.</summary>
public static class KopsDowngrade
{
    /// <summary>Whether updating would be a downgrade. A version that cannot be read counts as none, as it does for kOps.</summary>
    /// <param name="lastUsed">The content of <c>kops-version.txt</c>; null when there is none.</param>
    public static bool IsOne(string? lastUsed) =>
        SemVersion.TryParse(lastUsed?.Trim() ?? string.Empty, SemVersionStyles.Any, out var last)
        && last.ComparePrecedenceTo(SemVersion.Parse(Versions.Kops)) > 0;
}
