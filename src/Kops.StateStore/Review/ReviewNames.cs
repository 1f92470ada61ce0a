using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;

namespace Kops.StateStore.Review;

/// <summary>
/// How the files of a cluster are called in a directory for review: <c>CLUSTER/cluster.yaml </c>, <c>instancegroups/NAME.yaml </c>,
/// <c>addons.yaml </c>,
/// <c>ssh/FINGERPRINT.pub</c>. What is generated, and what holds keys, is not among them.
/// </summary>
public static class ReviewNames
{
    /// <summary>The Cluster object.</summary>
    public const string Cluster = "cluster.yaml";

    /// <summary>The additional objects.</summary>
    public const string Addons = "addons.yaml";

    /// <summary>The directory of the InstanceGroup objects.</summary>
    public const string InstanceGroups = "instancegroups/";

    /// <summary>The directory of the SSH public keys.</summary>
    public const string SshKeys = "ssh/";

    private const string Yaml = ".yaml";
    private const string PublicKey = ".pub";

    /// <summary>The name of an InstanceGroup's file within a cluster's directory.</summary>
    public static string OfInstanceGroup(string name) => InstanceGroups + name + Yaml;

    /// <summary>The InstanceGroup whose file that is; null for another file.</summary>
    public static string? InstanceGroupOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(InstanceGroups, StringComparison.Ordinal) && name.EndsWith(Yaml, StringComparison.Ordinal)
            ? name[InstanceGroups.Length..^Yaml.Length]
            : null;
    }

    /// <summary>Whether a file of a cluster's directory is one of those that are pushed; others there are none of our business.</summary>
    public static bool IsOne(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name is Cluster or Addons || InstanceGroupOf(name) is { Length: > 0 } || IsSshKey(name);
    }

    /// <summary>Whether it is the file of an SSH public key.</summary>
    public static bool IsSshKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(SshKeys, StringComparison.Ordinal) && name.EndsWith(PublicKey, StringComparison.Ordinal);
    }

    /// <summary>The files of a cluster, by their names within its directory.</summary>
    /// <exception cref="StateStoreException">An instance group cannot be read: what is not shown could not be reviewed.</exception>
    public static async Task<IReadOnlyDictionary<string, StoredFile>> ReadAsync(
        ClusterState state,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Unreadable.Count > 0)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"instance group \"{state.Unreadable[0].Name}\" of cluster \"{state.Name}\" cannot be read: "
                    + $"{state.Unreadable[0].Error.Message}",
                state.Unreadable[0].Error
            );
        var files = new SortedDictionary<string, StoredFile>(StringComparer.Ordinal) { [Cluster] = state.Cluster.File };
        foreach (var group in state.InstanceGroups)
            files[OfInstanceGroup(group.Name)] = group.File;
        // kOps writes it for every cluster, and mostly there is nothing in it.
        if (await state.ReadAdditionalObjectsAsync(cancellationToken).ConfigureAwait(false) is { Exists: true, Bytes.Length: > 0 } addons)
            files[Addons] = addons;
        foreach (var key in await state.SshKeys.ListAsync(cancellationToken).ConfigureAwait(false))
            files[$"{SshKeys}{key.File.Path.Name}{PublicKey}"] = key.File;
        return files;
    }
}
