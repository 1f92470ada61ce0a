using Kops.Vfs;

namespace Kops.StateStore.Layout;

/// <summary>One of the places where a cluster keeps its files.</summary>
/// <param name="Role">What it keeps there.</param>
/// <param name="Path">Where.</param>
/// <param name="EtcdCluster">The etcd cluster whose backups stand there; null for another role.</param>
public sealed record ClusterPlace(ClusterPlaceRole Role, VfsPath Path, string? EtcdCluster = null)
{
    /// <summary>The field of the spec that names it, for people; <c>registry</c> for the objects, which no field places.</summary>
    public string Name =>
        Role switch
        {
            ClusterPlaceRole.Registry => "registry",
            ClusterPlaceRole.ConfigBase => "configBase",
            ClusterPlaceRole.KeyStore => "keyStore",
            ClusterPlaceRole.SecretStore => "secretStore",
            ClusterPlaceRole.Backups => $"backupStore of {EtcdCluster}",
            _ => "discoveryStore",
        };
}
