using System.Runtime.CompilerServices;
using Kops.Api;
using Kops.Api.Codec;
using Kops.Api.Views;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Clusters;

/// <summary>Finds and reads clusters: one delimited listing, and reads side by side while it goes on.</summary>
internal sealed class ClusterReader(VfsPath root, StoreRegistry stores)
{
    /// <summary>Every directory of the root that may be a cluster, in key order: one request.</summary>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var name in FindNamesAsync(cancellationToken).ConfigureAwait(false))
            names.Add(name);
        return names;
    }

    public async Task<ClusterListing<T>> ListAsync<T>(Func<StoredObject<Cluster>, T> select, CancellationToken cancellationToken)
        where T : class
    {
        var read = await FanOut
            .SelectAsync<string, (T? Kept, UnreadableObject? Error)>(
                FindNamesAsync(cancellationToken),
                async (name, token) =>
                {
                    var (found, error) = await TryReadAsync<Cluster>(name, ConfigOf(name), token).ConfigureAwait(false);
                    return (found is null ? null : select(found), error);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        var (kept, unreadable) = (new List<T>(), new List<UnreadableObject>());
        foreach (var (found, error) in read)
        {
            if (found is not null)
                kept.Add(found);
            if (error is not null)
                unreadable.Add(error);
        }

        return new ClusterListing<T>(kept, unreadable);
    }

    public async Task<ClusterState?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var plain = ClusterLayout.For(root, name, null, stores);
        var configFile = StoredFile.ReadAsync(plain.Config, cancellationToken).AsTask();
        var groups = await ReadGroupsAsync(plain, cancellationToken).ConfigureAwait(false);
        var file = await configFile.ConfigureAwait(false);
        if (!file.Exists)
            return null;
        var cluster = Decode<Cluster>(name, file);
        if (cluster.Value.Metadata.Name != name)
        {
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"{file.Path}: metadata.name is '{cluster.Value.Metadata.Name}', but the cluster's directory is '{name}'; make them agree"
            );
        }

        var layout = await LocateAsync(ClusterLayout.For(root, name, cluster.Value, stores), cancellationToken).ConfigureAwait(false);
        return new ClusterState(
            layout,
            cluster,
            [.. groups.Select(pair => pair.Found).OfType<StoredObject<InstanceGroup>>()],
            [.. groups.Select(pair => pair.Error).OfType<UnreadableObject>()]
        );
    }

    /// <summary>
    /// Where the generated files are really read. A store that was copied still says in each <c>spec.configBase</c> where it once was; when
    /// nothing stands there, and the registry's directory holds what update generates, the copy is meant.
    /// </summary>
    private static async Task<ClusterLayout> LocateAsync(ClusterLayout layout, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindOriginalAsync(layout, cancellationToken).ConfigureAwait(false) is { } original)
                return layout.CopyOf(original);
            var configBase = layout.ConfigBase;
            if (configBase.IsSamePlace(layout.Registry) || await AnyAsync(configBase, cancellationToken).ConfigureAwait(false))
                return layout;
        }
        catch (StoreException)
        {
            // Another store that cannot be opened now: whoever needs its files will say so.
            return layout;
        }

        await foreach (var entry in layout.Registry.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Path.Name is "pki" or "secrets" or "cluster-completed.spec")
                return layout.Moved();
        }

        return layout;
    }

    /// <summary>The entry of another registry in which the cluster's files lie; null where they lie in none.</summary>
    private static async Task<VfsPath?> FindOriginalAsync(ClusterLayout layout, CancellationToken cancellationToken)
    {
        VfsPath[] places =
        [
            layout.ConfigBase,
            .. layout.HasOwnKeyStore ? [layout.KeyStore] : (VfsPath[])[],
            .. layout.HasOwnSecretStore ? [layout.SecretStore] : (VfsPath[])[],
        ];
        foreach (var entry in places.Select(place => EntryOf(place, layout.Cluster)).OfType<VfsPath>().Distinct())
        {
            if (
                !entry.IsSamePlace(layout.Registry)
                && await entry.Join("config").StatAsync(cancellationToken).ConfigureAwait(false) is not null
            )
                return entry;
        }

        return null;
    }

    /// <summary>The directory of that name which a place is, or lies in.</summary>
    private static VfsPath? EntryOf(VfsPath place, string cluster)
    {
        if (place.Key.Length == 0)
            return place.Name == cluster ? place : null;
        var names = place.Key.Split('/');
        var depth = Array.IndexOf(names, cluster);
        return depth < 0 ? null : place.Store.Root.Join([.. names[..(depth + 1)]]);
    }

    private static async Task<bool> AnyAsync(VfsPath path, CancellationToken cancellationToken)
    {
        await foreach (var _ in path.ListAsync(cancellationToken).ConfigureAwait(false))
            return true;
        return false;
    }

    private static async Task<(StoredObject<InstanceGroup>? Found, UnreadableObject? Error)[]> ReadGroupsAsync(
        ClusterLayout layout,
        CancellationToken cancellationToken
    )
    {
        var paths = new List<VfsPath>();
        await foreach (var entry in layout.InstanceGroups.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.IsPrefix)
                paths.Add(entry.Path);
        }

        return await FanOut
            .SelectAsync(paths, (path, token) => TryReadAsync<InstanceGroup>(path.Name, path, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async ValueTask<(StoredObject<T>? Found, UnreadableObject? Error)> TryReadAsync<T>(
        string name,
        VfsPath path,
        CancellationToken cancellationToken
    )
        where T : KopsObject, IApiView<T>
    {
        try
        {
            var file = await StoredFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            return (file.Exists ? Decode<T>(name, file) : null, null);
        }
        catch (Exception error) when (error is StoreException or InvalidObjectException or StateStoreException)
        {
            return (null, new UnreadableObject(name, error));
        }
    }

    private static StoredObject<T> Decode<T>(string name, StoredFile file)
        where T : KopsObject, IApiView<T>
    {
        var stored = KopsCodec.DecodeStored<T>(file.Bytes, file.Path.ToString());

        // kOps lets an object without a name bear its directory's.
        if (stored.Value.Metadata.Name is null or "")
            stored.Value.Metadata.Name = name;
        return new StoredObject<T>(name, stored.Value, file, stored.UnknownFields);
    }

    private async IAsyncEnumerable<string> FindNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in root.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPrefix && !entry.Path.Name.StartsWith('.'))
                yield return entry.Path.Name;
        }
    }

    private VfsPath ConfigOf(string name) => root.Join(name, "config");
}
