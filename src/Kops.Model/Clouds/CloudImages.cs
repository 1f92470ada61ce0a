using Kops.Api.Clouds;
using Kops.Model.Channels;
using Semver;

namespace Kops.Model.Clouds;

/// <summary>The machine images that kOps takes where the channel has none.</summary>
internal static class CloudImages
{
    /// <summary>The cloud's own image for a Kubernetes version; null when it has none.</summary>
    public static string? For(CloudProfile cloud, SemVersion kubernetes) =>
        cloud.Images.FirstOrDefault(image => image.Kubernetes is not { } range || VersionRange.Parse(range).Contains(kubernetes))?.Name;
}
