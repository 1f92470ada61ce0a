namespace Kops.Build.Manifests;

/// <summary>An image of etcd, mounted as a volume.</summary>
/// <param name="Version">The version of etcd in it.</param>
/// <param name="Reference">Where it is pulled from.</param>
/// <param name="Versions">The versions that it stands in for, ascending.</param>
internal sealed record EtcdImage(string Version, string Reference, IReadOnlyList<string> Versions)
{
    /// <summary>The volume's name.</summary>
    public string Volume => $"etcd-v{Version.Replace('.', '-')}";
}
