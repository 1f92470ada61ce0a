using Kops.StateStore;
using Kops.StateStore.Changes.Copies;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.Operations.Transfers;

/// <summary>A cluster whose directory was copied to another state store, where its history goes along.</summary>
/// <param name="Source">The state store that it was copied from.</param>
/// <param name="Target">The state store that it was copied to.</param>
/// <param name="Name">The cluster, by the name that its directory has in both.</param>
public sealed record CopiedCluster(VfsPath Source, VfsPath Target, string Name)
{
    private const string Config = "config";

    /// <summary>
    /// The cluster that a copy from one place to another makes; null where what is copied is no cluster, or becomes none.
    /// </summary>
    /// <param name="source">What was copied.</param>
    /// <param name="target">What it is now.</param>
    /// <param name="stores">Opens the stores that they lie in.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<CopiedCluster?> FindAsync(
        VfsPath source,
        VfsPath target,
        StoreRegistry stores,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(stores);
        var name = source.Name;
        return
            name.Length > 0
            && name[0] != '.'
            && name == target.Name
            && ParentOf(source, stores) is { } from
            && ParentOf(target, stores) is { } to
            && await source.Join(Config).StatAsync(cancellationToken).ConfigureAwait(false) is not null
            ? new CopiedCluster(from, to, name)
            : null;
    }

    /// <summary>The newest change of the original; null where none is recorded.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<string?> NewestAsync(Func<VfsPath, ClusterStore> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        return await open(Source).History.ListNamesAsync(Name, cancellationToken).ConfigureAwait(false) is [var newest, ..]
            ? newest.Id
            : null;
    }

    /// <summary>Takes the history in at the new place, and records there where the copy comes from.</summary>
    /// <param name="open">Opens the clusters of a state store.</param>
    /// <param name="cancellationToken">Stops; the same can be done again.</param>
    /// <exception cref="StateStoreException">Somebody is changing the cluster there, or it is on its way there, or has moved.</exception>
    /// <exception cref="StoreException">A store failed.</exception>
    public Task<ArrivedHistory> TakeInHistoryAsync(Func<VfsPath, ClusterStore> open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        return ClusterCopy.TakeInHistoryAsync(open(Source), open(Target), Name, cancellationToken);
    }

    /// <summary>The directory that a place lies in; null for a bucket, which lies in none.</summary>
    private static VfsPath? ParentOf(VfsPath place, StoreRegistry stores)
    {
        if (place.Key.LastIndexOf('/') is > 0 and var end)
            return place.Store.Root.Join(place.Key[..end]);
        if (place.Key.Length > 0)
            return place.Store.Root;
        var address = place.ToString();
        return address.LastIndexOf('/') is > 0 and var last && address[last - 1] != '/' ? stores.Resolve(address[..last]) : null;
    }
}
