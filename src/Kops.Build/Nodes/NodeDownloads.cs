using Kops.Build.Assets;
using Kops.Build.Input;

namespace Kops.Build.Nodes;

/// <summary>All files that a cluster's machines download.</summary>
public static class NodeDownloads
{
    /// <summary>The files whose hashes have to be asked for before a cluster's files can be built.</summary>
    /// <exception cref="FormatException">The cluster contradicts itself.</exception>
    public static IReadOnlyList<AssetQuestion> Questions(BuildRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = new BuildContext(request);
        return
        [
            .. Files(context)
                .Where(file => NodeAssets.FindHash(context, file) is null)
                .Select(file => new AssetQuestion(file.Canonical, [.. NodeAssets.Places(context, file)])),
        ];
    }

    /// <summary>Each file once, by its address.</summary>
    internal static IEnumerable<NodeAsset> Files(BuildContext context)
    {
        var groups = context.Request.Groups.Select(group => new GroupContext(context, group)).Where(group => group.HasConfig).ToList();
        return Architectures
            .Of(context.Request.Variables)
            .SelectMany(architecture =>
                groups
                    .Select(group => group.Version)
                    .Distinct()
                    .SelectMany(version => NodeAssets.Of(context, version, architecture))
                    .Concat(groups.SelectMany(group => PreloadedImages.Files(group, architecture)))
            )
            .DistinctBy(file => file.Canonical)
            .OrderBy(file => file.Canonical, StringComparer.Ordinal);
    }
}
