using Semver;

namespace Kops.Model.Channels;

/// <summary>A machine image.</summary>
/// <param name="Cloud">The cloud's name in kOps: <c>aws</c>, <c>gce</c>.</param>
/// <param name="Architecture"><c>amd64</c> or <c>arm64</c>; null for any.</param>
/// <param name="Kubernetes">The Kubernetes versions that the image is for; null for all.</param>
/// <param name="Name">The image, as an instance group names it.</param>
public sealed record ChannelImage(string Cloud, string? Architecture, VersionRange? Kubernetes, string Name)
{
    /// <summary>Whether the image is for these machines.</summary>
    public bool Matches(string cloud, string architecture, SemVersion kubernetes) =>
        Cloud == cloud && (Architecture is null || Architecture == architecture) && (Kubernetes is null || Kubernetes.Contains(kubernetes));
}
