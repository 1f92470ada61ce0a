using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Bundles;

/// <summary>One directory of a cluster in a bundle: where it was, and what its files are called there.</summary>
/// <param name="Directory">The directory in the bundle, with its final slash: <c>cluster/</c>, <c>keyStore/</c>.</param>
/// <param name="Address">Where it was, as the spec may name it.</param>
internal sealed record BundlePlace(string Directory, string Address)
{
    /// <summary>The cluster's own directory.</summary>
    public const string Cluster = "cluster/";

    private const string Backups = "backupStore/";

    /// <summary>The directories of a cluster that no other of them contains.</summary>
    public static IReadOnlyList<(BundlePlace Place, VfsPath Path)> Of(ClusterState state)
    {
        var all = new List<(BundlePlace Place, VfsPath Path)>();
        foreach (var place in state.Layout.Places)
        {
            if (
                DirectoryOf(place) is { } directory
                && !all.Exists(other => place.Path.IsSamePlace(other.Path) || place.Path.RelativeTo(other.Path) is not null)
            )
                all.Add((new BundlePlace(directory, place.Path.ToString()), place.Path));
        }

        return all;
    }

    /// <summary>Where the directory goes when the bundle is unpacked: kOps' default place below the cluster's own directory.</summary>
    public VfsPath? TargetIn(ClusterLayout layout) =>
        Directory switch
        {
            "cluster/" or "configBase/" => layout.Registry,
            "keyStore/" => layout.Registry.Join("pki"),
            "secretStore/" => layout.Registry.Join("secrets"),
            _ when Directory.StartsWith(Backups, StringComparison.Ordinal) && Directory.Length > Backups.Length + 1 => layout.Registry.Join(
                "backups",
                "etcd",
                Directory[Backups.Length..^1]
            ),
            _ => null,
        };

    /// <summary>The directory in the bundle; null for discovery documents, which whoever publishes them makes anew.</summary>
    private static string? DirectoryOf(ClusterPlace place) =>
        place.Role switch
        {
            ClusterPlaceRole.Registry => "cluster/",
            ClusterPlaceRole.ConfigBase => "configBase/",
            ClusterPlaceRole.KeyStore => "keyStore/",
            ClusterPlaceRole.SecretStore => "secretStore/",
            ClusterPlaceRole.Backups => $"{Backups}{place.EtcdCluster}/",
            _ => null,
        };

    /// <summary>Whether it is a directory that a cluster has.</summary>
    public bool IsKnown =>
        Directory is "cluster/" or "configBase/" or "keyStore/" or "secretStore/"
        || (Directory.StartsWith(Backups, StringComparison.Ordinal) && Directory.Length > Backups.Length + 1);

    /// <summary>Whether a file of this directory is a key or a secret.</summary>
    public bool HoldsSecret(string key) =>
        Directory switch
        {
            "secretStore/" => true,
            "keyStore/" => key.StartsWith("private/", StringComparison.Ordinal),
            _ => key.StartsWith("pki/private/", StringComparison.Ordinal) || key.StartsWith("secrets/", StringComparison.Ordinal),
        };

    /// <summary>Whether a file of this directory is an object that people edit.</summary>
    public bool HoldsObject(string key) =>
        Directory is "cluster/"
        && (key.StartsWith("instancegroup/", StringComparison.Ordinal) || key.StartsWith("clusteraddons/", StringComparison.Ordinal));

    /// <summary>Whether a file of this directory is a backup of etcd.</summary>
    public bool HoldsBackup(string key) =>
        Directory.StartsWith(Backups, StringComparison.Ordinal) || key.StartsWith("backups/", StringComparison.Ordinal);
}
