using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Deletion;

/// <summary>
/// Plans the deletion of a cluster's whole state. Like kOps it refuses while a file stands there that it does not know, but it asks first
/// and deletes then; and where the config base is not the registry's directory, it deletes both (kOps leaves the registry behind).
/// </summary>
public static class ClusterDeletion
{
    /// <summary>Plans it: objects, generated files, keys, secrets and backups. Cloud resources are not touched.</summary>
    /// <param name="state">The cluster as it was read; the change is conditional on it.</param>
    /// <param name="title">What is done, for the record.</param>
    /// <param name="left">Places of the cluster that are left as they are: others use them too.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <remarks>Private keys, secrets and backups cannot be brought back by an undo.</remarks>
    /// <exception cref="StateStoreException">A file stands there that is no part of a cluster; it is named, and nothing is
    /// deleted.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterState state,
        string title,
        IReadOnlyCollection<VfsPath> left,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(left);
        var layout = state.Layout;
        var found = new Dictionary<string, Doomed>(StringComparer.Ordinal);
        foreach (var directory in Directories(layout).Where(directory => !left.Any(directory.Path.IsSamePlace)))
            await GatherAsync(directory, found, cancellationToken).ConfigureAwait(false);
        if (layout.DiscoveryStore is { } discovery && !left.Any(discovery.IsSamePlace))
        {
            // The bucket may serve other things as well: only the two documents are the cluster's.
            foreach (var path in new[] { discovery.Join(".well-known", "openid-configuration"), discovery.Join("openid", "v1", "jwks") })
                found.TryAdd(path.ToString(), new Doomed(path, null, FileSecrecy.Plain));
        }

        var builder = new ChangeSetBuilder(state.Layout, title);
        var read = await FanOut.SelectAsync([.. found.Values], ReadAsync, cancellationToken).ConfigureAwait(false);
        foreach (var (file, secrecy) in read)
        {
            // What is deleted is what was decided on: the object as the caller has read it.
            builder.Delete(file.Path.Equals(layout.Config) ? state.Cluster.File : file, secrecy);
        }

        return builder.Build();
    }

    private static IEnumerable<(VfsPath Path, FileSecrecy? Secrecy, bool IsChecked)> Directories(ClusterLayout layout)
    {
        yield return (layout.Registry, null, true);
        if (!layout.ConfigBase.IsSamePlace(layout.Registry))
            yield return (layout.ConfigBase, null, true);
        if (layout.HasOwnKeyStore)
            yield return (layout.KeyStore, FileSecrecy.Secret, false);
        if (layout.HasOwnSecretStore)
            yield return (layout.SecretStore, FileSecrecy.Secret, false);
        yield return (layout.Applied, FileSecrecy.Plain, false);
    }

    private static async Task GatherAsync(
        (VfsPath Path, FileSecrecy? Secrecy, bool IsChecked) directory,
        Dictionary<string, Doomed> found,
        CancellationToken cancellationToken
    )
    {
        await foreach (var entry in directory.Path.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            var relative = entry.Path.RelativeTo(directory.Path) ?? entry.Path.Name;
            if (directory.IsChecked && !KnownFiles.Contains(relative))
            {
                throw new StateStoreException(
                    StateErrorKind.Unknown,
                    $"refusing to delete {directory.Path}: {entry.Path} is not a file of a cluster; move it elsewhere and try again. "
                        + $"Nothing was deleted"
                );
            }

            found.TryAdd(entry.Path.ToString(), new Doomed(entry.Path, entry.Object, directory.Secrecy ?? SecrecyOf(relative)));
        }
    }

    private static FileSecrecy SecrecyOf(string relative) =>
        relative.StartsWith("backups/", StringComparison.Ordinal) ? FileSecrecy.Opaque
        : relative.StartsWith("secrets/", StringComparison.Ordinal) || relative.StartsWith("pki/private/", StringComparison.Ordinal)
            ? FileSecrecy.Secret
        : FileSecrecy.Plain;

    private static async ValueTask<(StoredFile File, FileSecrecy Secrecy)> ReadAsync(Doomed doomed, CancellationToken cancellationToken) =>
        doomed is { Secrecy: FileSecrecy.Opaque, Info: { } info }
            ? (StoredFile.Listed(doomed.Path, info), doomed.Secrecy)
            : (await StoredFile.ReadAsync(doomed.Path, cancellationToken).ConfigureAwait(false), doomed.Secrecy);

    private sealed record Doomed(VfsPath Path, ObjectInfo? Info, FileSecrecy Secrecy);
}
