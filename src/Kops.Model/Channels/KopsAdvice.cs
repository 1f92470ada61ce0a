namespace Kops.Model.Channels;

/// <summary>What a channel says of a range of kOps versions.</summary>
/// <param name="Range">The versions that it speaks of.</param>
/// <param name="RecommendedVersion">What they should be brought to; null for no advice.</param>
/// <param name="RequiredVersion">What they must at least be brought to; null for no demand.</param>
/// <param name="KubernetesVersion">The Kubernetes version for the clusters that they create; null when unsaid.</param>
public sealed record KopsAdvice(VersionRange Range, string? RecommendedVersion, string? RequiredVersion, string? KubernetesVersion);
