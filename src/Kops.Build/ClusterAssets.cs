using Kops.Build.Addons;
using Kops.Build.Assets;
using Kops.Build.Images;
using Kops.Build.Input;
using Kops.Build.Nodes;

namespace Kops.Build;

/// <summary>All that the machines of a cluster get from elsewhere.</summary>
/// <param name="Images">The container images that they run, by their canonical names.</param>
/// <param name="Files">The files that they download, by their canonical addresses.</param>
/// <param name="UnknownAddons">The addons whose images are not among them, since nobody has their manifests.</param>
public sealed record ClusterAssets(IReadOnlyList<ImageAsset> Images, IReadOnlyList<FileAsset> Files, IReadOnlyList<string> UnknownAddons)
{
    /// <summary>What a cluster needs. A pure function.</summary>
    /// <param name="request">What its files follow from.</param>
    /// <param name="canonical">The same, as it would be if the cluster had neither proxy nor registry nor repository of its own.</param>
    /// <exception cref="FormatException">The cluster contradicts itself, or a keyset, a secret or a hash is missing.</exception>
    public static ClusterAssets Of(BuildRequest request, BuildRequest canonical)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(canonical);
        var (context, made) = ClusterFiles.Prepare(request);
        var (original, _) = ClusterFiles.Prepare(canonical);
        return new(
            [
                .. ClusterImages
                    .Of(original)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(image => new ImageAsset(image, context.Image(image))),
            ],
            [
                .. NodeDownloads
                    .Files(context)
                    .Select(file => new FileAsset(
                        file.Canonical,
                        AssetLocations.Of(context, file.Canonical),
                        NodeAssets.HashOf(context, file)
                    )),
            ],
            [.. new BootstrapChannel(context, made).Addons.Where(addon => addon.Origin == AddonOrigin.Missing).Select(addon => addon.Name)]
        );
    }
}
