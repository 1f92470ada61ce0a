namespace Kops.StateStore.Layout;

/// <summary>
/// A file of a cluster as records name it: by its place in the cluster's layout, never by an address. So a record stays true when the
/// store is mounted or copied elsewhere, and cannot name what is not the cluster's.
/// </summary>
/// <param name="Place">The place: <see cref="Registry"/>, or the name that <see cref="ClusterLayout"/> gives it.</param>
/// <param name="Key">The key below it.</param>
internal sealed record FileAddress(string Place, string Key)
{
    /// <summary>The cluster's directory in the state store.</summary>
    public const string Registry = "registry";

    /// <summary>The etcd clusters' places have names of their own: this, and the etcd cluster.</summary>
    public const string BackupStore = "backupStore/";

    /// <summary>What was said and done last, outside of the cluster's directory.</summary>
    public const string Applied = "applied";

    private static readonly string[] Others = ["configBase", "keyStore", "secretStore", "discoveryStore"];

    /// <summary>Whether a layout can have a place of that name.</summary>
    public static bool IsPlace(string name) =>
        name is Registry or Applied
        || Others.Contains(name, StringComparer.Ordinal)
        || (name.StartsWith(BackupStore, StringComparison.Ordinal) && name.Length > BackupStore.Length);

    /// <summary>For people: the key below the state store, or the place and the key there.</summary>
    public string Describe(string cluster) => Place is Registry ? $"{cluster}/{Key}" : $"{Place}:{Key}";
}
