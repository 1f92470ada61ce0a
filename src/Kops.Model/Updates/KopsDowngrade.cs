using Semver;

namespace Kops.Model.Updates;

/// <summary>Tells whether a cluster was last updated by a newer kOps than the one whose behaviour this program has.</summary>
public static class KopsDowngrade
{
    /// <summary>Whether updating would be a downgrade.</summary>
    /// <param name="lastUsed">The content of <c>kops-version.txt</c>.</param>
    /// <exception cref="FormatException">It is no version.</exception>
    public static bool IsOne(string lastUsed) => Compare(lastUsed) > 0;

    /// <summary>Whether updating takes the cluster to a newer kOps, which an older one refuses to update then.</summary>
    /// <inheritdoc cref="IsOne"/>
    public static bool IsRise(string lastUsed) => Compare(lastUsed) < 0;

    private static int Compare(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SemVersion.TryParse(text.Trim(), SemVersionStyles.Strict, out var version)
            ? version.ComparePrecedenceTo(SemVersion.Parse(Versions.Kops))
            : throw new FormatException($"'{text.Trim()}' is not a version of kOps, such as {Versions.Kops}");
    }
}
