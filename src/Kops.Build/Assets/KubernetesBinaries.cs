namespace Kops.Build.Assets;

/// <summary>Kubernetes' own programs on a machine.</summary>
internal static class KubernetesBinaries
{
    private static readonly string[] Programs = ["kubelet", "kubectl"];

    public static IEnumerable<NodeAsset> Of(string version, string architecture) =>
        Programs.Select(name => new NodeAsset(Address(version, architecture, name)));

    /// <summary>Where the programs of a version lie: its release, or the build that the version itself names.</summary>
    public static string Address(string version, string architecture, string file) =>
        $"{(IsAddress(version) ? version.TrimEnd('/') : $"https://dl.k8s.io/release/v{version}")}/bin/linux/{architecture}/{file}";

    /// <summary>Whether the version is the address of a build.</summary>
    public static bool IsAddress(string version) =>
        version.StartsWith("http:", StringComparison.Ordinal) || version.StartsWith("https:", StringComparison.Ordinal);
}
