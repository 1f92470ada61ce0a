using Kops.Build.Input;

namespace Kops.Build.Assets;

/// <summary>All that the machines of a cluster download when they start, in kOps' order.</summary>
internal static class NodeAssets
{
    /// <summary>What machines download that run a Kubernetes version.</summary>
    public static IEnumerable<NodeAsset> Of(BuildContext context, string version, string architecture) =>
        [
            .. KubernetesBinaries.Of(version, architecture),
            .. CredentialProvider.Of(context, architecture),
            .. CniPlugins.Of(context, version, architecture),
            .. ContainerRuntime.Of(context, architecture),
        ];

    /// <summary>A file as machines are told of it: hash, and the places that it can be had from.</summary>
    public static string Line(BuildContext context, NodeAsset asset) =>
        $"{HashOf(context, asset)}@{string.Join(',', Places(context, asset))}";

    /// <summary>The places that a file can be had from, the first of all first.</summary>
    public static IEnumerable<string> Places(BuildContext context, NodeAsset asset) =>
        AssetLocations.Of(context, asset.Canonical) is var place && place != asset.Canonical ? [place] : [place, .. asset.Mirrors];

    /// <summary>The file's hash.</summary>
    /// <exception cref="FormatException">Nobody knows it.</exception>
    public static string HashOf(BuildContext context, NodeAsset asset) =>
        FindHash(context, asset) ?? throw new FormatException($"the SHA-256 of {asset.Canonical} is not known");

    /// <summary>The file's hash; null when it is not known: by the spec, else the table, else what was asked for.</summary>
    public static string? FindHash(BuildContext context, NodeAsset asset) =>
        asset.Sha256 ?? AssetHashes.Find(asset.Canonical) ?? context.Request.Hashes.GetValueOrDefault(asset.Canonical);
}
