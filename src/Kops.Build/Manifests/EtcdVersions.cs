namespace Kops.Build.Manifests;

/// <summary>The versions of etcd that etcd-manager can run: kOps 1.37.0-alpha.1.</summary>
internal static class EtcdVersions
{
    public const string Manager = "registry.k8s.io/etcd-manager/etcd-manager-slim:v3.0.20260707";

    /// <summary>The newest patch of each minor version. It stands in for all patches before it.</summary>
    public static IReadOnlyList<string> Newest { get; } = ["3.5.31", "3.6.12", "3.7.0"];

    /// <summary>All patches up to a version, from the first.</summary>
    public static IEnumerable<string> UpTo(string newest)
    {
        var dot = newest.LastIndexOf('.');
        var patches = int.Parse(newest.AsSpan(dot + 1), System.Globalization.CultureInfo.InvariantCulture);
        return Enumerable.Range(0, patches + 1).Select(patch => $"{newest[..dot]}.{patch}");
    }

    public static string Image(string version) => $"registry.k8s.io/etcd:v{version}";
}
