namespace Kops.Model.Channels;

/// <summary>What a channel says of a range of Kubernetes versions.</summary>
/// <param name="Range">The versions that it speaks of.</param>
/// <param name="RecommendedVersion">What they should be brought to; null for no advice.</param>
/// <param name="RequiredVersion">What they must at least be brought to; null for no demand.</param>
public sealed record KubernetesAdvice(VersionRange Range, string? RecommendedVersion, string? RequiredVersion);
