namespace Kops.Api.Clouds;

/// <summary>The machine image that kOps takes where the channel has none.</summary>
/// <param name="Kubernetes">The range of Kubernetes versions that it is for, as channels write it: <c>&lt;1.32.0</c>; null for all.</param>
/// <param name="Name">The image, as an instance group names it.</param>
public sealed record CloudImage(string? Kubernetes, string Name);
