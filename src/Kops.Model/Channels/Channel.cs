using Semver;

namespace Kops.Model.Channels;

/// <summary>
/// What a channel says: machine images, and which versions of Kubernetes and kOps are recommended or required. The first entry
/// whose range holds a version counts.
/// </summary>
/// <param name="Images">Machine images, first match wins.</param>
/// <param name="KubernetesVersions">Advice for each range of Kubernetes versions.</param>
/// <param name="KopsVersions">Advice for each range of kOps versions.</param>
public sealed record Channel(
    IReadOnlyList<ChannelImage> Images,
    IReadOnlyList<KubernetesAdvice> KubernetesVersions,
    IReadOnlyList<KopsAdvice> KopsVersions
)
{
    /// <summary>The name of the channel that is used when none is given.</summary>
    public const string DefaultName = "stable";

    /// <summary>A channel that says nothing.</summary>
    public static Channel Empty { get; } = new([], [], []);

    /// <summary>The Kubernetes version for new clusters of a kOps version; null when the channel does not say.</summary>
    public string? RecommendedKubernetes(SemVersion kops) =>
        KopsVersions.FirstOrDefault(advice => advice.Range.Contains(kops))?.KubernetesVersion;

    /// <summary>The image of a cloud for machines of an architecture; null when the channel has none.</summary>
    public string? FindImage(string cloud, string architecture, SemVersion kubernetes) =>
        Images.FirstOrDefault(image => image.Matches(cloud, architecture, kubernetes))?.Name;

    /// <summary>What a cluster's Kubernetes should be brought to.</summary>
    public UpgradeAdvice KubernetesUpgrade(SemVersion current)
    {
        var advice = KubernetesVersions.FirstOrDefault(advice => advice.Range.Contains(current));
        return UpgradeAdvice.From(current, advice?.RecommendedVersion, advice?.RequiredVersion);
    }

    /// <summary>What kOps itself should be brought to.</summary>
    public UpgradeAdvice KopsUpgrade(SemVersion current)
    {
        var advice = KopsVersions.FirstOrDefault(advice => advice.Range.Contains(current));
        return UpgradeAdvice.From(current, advice?.RecommendedVersion, advice?.RequiredVersion);
    }
}
