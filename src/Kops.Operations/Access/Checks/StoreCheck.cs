using System.Runtime.CompilerServices;
using Kops.StateStore;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;
using Kops.Vfs.Setup;

namespace Kops.Operations.Access.Checks;

/// <summary>
/// Tries each right that commands need on a store, against the store itself: it lists and reads where clusters stand, and writes a file of
/// its own below <c>.kops/check/</c>, which it removes. In a cluster's directories nothing is ever written or changed: there a write is
/// tried with what stands in a file already, under a condition that cannot hold, and a delete with a name that nothing has. Among the
/// backups of etcd, for nodes, a file of its own is written and removed.
/// </summary>
/// <param name="root">The state store.</param>
/// <param name="cluster">The cluster whose files are tried; null for the first one, if there is any.</param>
public sealed class StoreCheck(VfsPath root, string? cluster)
{
    private readonly VfsPath _scratch = new KopsDirectory(root).NewScratch();

    /// <summary>
    /// The cluster's places, as far as they are known. Those in its directory are tried there, as the backups of etcd are for
    /// <see cref="AccessMode.Node"/>; others each for itself.
    /// </summary>
    public IReadOnlyList<ClusterPlace> Places { get; init; } = [];

    /// <summary>The check of a store for a cluster; where that can be read, wherever it keeps its parts.</summary>
    /// <param name="store">The state store, which tells where the cluster's parts stand if that is what is checked.</param>
    /// <param name="place">What is checked.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<StoreCheck> ForAsync(
        ClusterStore store,
        VfsPath place,
        string cluster,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(cluster);
        try
        {
            if (place.Equals(store.Root) && await store.ReadAsync(cluster, cancellationToken).ConfigureAwait(false) is { } state)
                return new StoreCheck(place, cluster) { Places = state.Layout.Places };
        }
        catch (KopsException)
        {
            // What cannot be read is what the check is about to tell.
        }

        return new StoreCheck(place, cluster) { Places = [new ClusterPlace(ClusterPlaceRole.Backups, place.Join(cluster, "backups"))] };
    }

    /// <summary>
    /// Tries them, in the order in which commands need them. A server that cannot be reached, or does not know who asks, says nothing of
    /// rights.
    /// </summary>
    /// <param name="mode">Whose rights are tried.</param>
    /// <param name="cancellationToken">Stops it; what it wrote is removed.</param>
    /// <exception cref="StoreException">The store could not be reached, or the credentials are wrong.</exception>
    public async IAsyncEnumerable<CheckedRight> RunAsync(
        AccessMode mode,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var attempts = new RightAttempts(mode);
        var places = Places.Where(place => AccessNeed.IsUsed(mode, ClusterAreas.AreaOf(place.Role))).ToList();
        var backups = places.Where(place => place.Role is ClusterPlaceRole.Backups).Select(place => place.Path).ToList();
        var elsewhere = places.Where(place => !IsInCluster(place.Path)).DistinctBy(place => place.Path).ToList();

        var used = mode is AccessMode.Node ? elsewhere.Select(place => place.Path).Concat(backups) : elsewhere.Select(place => place.Path);
        foreach (var place in used.Prepend(root).DistinctBy(place => place.Store))
        {
            var isWritten =
                mode is AccessMode.Write
                || (mode is AccessMode.Node && backups.Exists(backup => ReferenceEquals(backup.Store, place.Store)));
            foreach (var trial in place.Store.Driver.As<IRightsTrial>()?.Trials(isWritten) ?? [])
                yield return await attempts
                    .TryAsync(
                        AreaOf(trial.Right, place, mode),
                        trial.Right,
                        trial.Name,
                        place.Store.Root,
                        async () => await trial.TryAsync(cancellationToken).ConfigureAwait(false)
                    )
                    .ConfigureAwait(false);
        }

        var found = cluster;
        yield return await attempts
            .ListAsync(
                root,
                async () =>
                {
                    var first = await FindAsync(cancellationToken).ConfigureAwait(false);
                    found ??= first;
                }
            )
            .ConfigureAwait(false);
        ObjectContent? config = null;
        var file = found is null ? _scratch : root.Join(found, "config");
        yield return await attempts
            .ReadAsync(
                found is null ? AccessArea.Records : AccessArea.Cluster,
                file,
                async () => config = await file.ReadAsync(cancellationToken).ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        if (mode is AccessMode.Node)
        {
            foreach (var place in backups)
            {
                if (!ReferenceEquals(place.Store, root.Store))
                    yield return await attempts
                        .ListAsync(place, async () => await FirstAsync(place, cancellationToken).ConfigureAwait(false))
                        .ConfigureAwait(false);
                var own = place.Join($"kops-check-{Guid.NewGuid():N}");
                await foreach (var right in attempts.ChangeScratchAsync(AccessArea.Backups, own, cancellationToken).ConfigureAwait(false))
                    yield return right;
            }

            yield break;
        }

        if (
            found is not null
            && await FirstIfListedAsync(new KopsDirectory(root).HistoryOf(found), cancellationToken).ConfigureAwait(false) is { } record
        )
            yield return await attempts
                .ReadAsync(AccessArea.Records, record, async () => await record.ReadAsync(cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false);
        var writes = mode is AccessMode.Write;
        foreach (var place in elsewhere)
        {
            await foreach (var right in TryElsewhereAsync(attempts, place, writes, cancellationToken).ConfigureAwait(false))
                yield return right;
        }

        if (!writes)
            yield break;
        if (config is not null)
        {
            await foreach (
                var right in attempts
                    .ChangeNothingAsync(AccessArea.Cluster, root.Join(found!), file, config, cancellationToken)
                    .ConfigureAwait(false)
            )
                yield return right;
        }

        await foreach (var right in attempts.ChangeScratchAsync(AccessArea.Records, _scratch, cancellationToken).ConfigureAwait(false))
            yield return right;
    }

    /// <summary>Where a right is given that a driver tries: some on the bucket as such, others on what is written there.</summary>
    private AccessArea AreaOf(StoreRight right, VfsPath place, AccessMode mode) =>
        right is StoreRight.Locate or StoreRight.List or StoreRight.AskEncryption or StoreRight.ListVersions ? AccessArea.Buckets
        : mode is AccessMode.Node ? AccessArea.Backups
        : Places.FirstOrDefault(each => !place.Equals(root) && each.Path.Equals(place)) is { } known ? ClusterAreas.AreaOf(known.Role)
        : AccessArea.Cluster;

    private bool IsInCluster(VfsPath place) =>
        cluster is not null
        && ReferenceEquals(place.Store, root.Store)
        && root.Join(cluster).Key is var directory
        && (place.Key == directory || place.Key.StartsWith(ObjectKey.AsPrefix(directory), StringComparison.Ordinal));

    /// <summary>
    /// Tries a place with whatever file is first in it; an empty one with a name that nothing has, under a condition that cannot hold.
    /// </summary>
    private static async IAsyncEnumerable<CheckedRight> TryElsewhereAsync(
        RightAttempts attempts,
        ClusterPlace place,
        bool writes,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (area, directory) = (ClusterAreas.AreaOf(place.Role), place.Path);
        VfsPath? file = null;
        yield return await attempts
            .ListAsync(directory, async () => file = await FirstAsync(directory, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        ObjectContent? content = null;
        file ??= directory.Join($"kops-check-{Guid.NewGuid():N}");
        var read = await attempts
            .ReadAsync(area, file, async () => content = await file.ReadAsync(cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);

        // Some servers ask for the right before they say that nothing stands there, others (Ceph) do not: then nothing was learnt.
        if (content is not null || !read.IsGranted)
            yield return read;
        if (!writes)
            yield break;
        await foreach (var right in attempts.ChangeNothingAsync(area, directory, file, content, cancellationToken).ConfigureAwait(false))
            yield return right;
    }

    private static async ValueTask<VfsPath?> FirstAsync(VfsPath directory, CancellationToken cancellationToken)
    {
        await foreach (var entry in directory.ListTreeAsync(cancellationToken).ConfigureAwait(false))
        {
            // A listing is not worth reading backups for.
            if (entry.Object is { Size: < 1 << 20 })
                return entry.Path;
        }

        return null;
    }

    /// <summary>The same where the right to list was tried before.</summary>
    private static async ValueTask<VfsPath?> FirstIfListedAsync(VfsPath directory, CancellationToken cancellationToken)
    {
        try
        {
            return await FirstAsync(directory, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Kind is StoreErrorKind.PermissionDenied)
        {
            return null;
        }
    }

    private async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in root.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                !entry.Path.Name.StartsWith('.')
                && await entry.Path.Join("config").StatAsync(cancellationToken).ConfigureAwait(false) is not null
            )
                return entry.Path.Name;
        }

        return null;
    }
}
