using Semver;

namespace Kops.Model.Channels;

/// <summary>Whether a version should, or must, be raised.</summary>
/// <param name="Recommended">The version to go to; null when the current one is as new or newer.</param>
/// <param name="IsRequired">Whether the current version is older than what the channel demands.</param>
public sealed record UpgradeAdvice(string? Recommended, bool IsRequired)
{
    internal static UpgradeAdvice From(SemVersion current, string? recommended, string? required)
    {
        var isRequired = IsNewer(required, current);
        return new(
            IsNewer(recommended, current) ? recommended
                : isRequired ? required
                : null,
            isRequired
        );
    }

    private static bool IsNewer(string? candidate, SemVersion current) =>
        Versions.TryParseKubernetes(candidate, out var version) && version.ComparePrecedenceTo(current) > 0;
}
