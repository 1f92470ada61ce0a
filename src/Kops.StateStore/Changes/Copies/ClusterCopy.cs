using Kops.StateStore.Changes.History;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Copies;

/// <summary>
/// Gives a cluster whose files were copied to another state store the history of what it is a copy of, and what the flags of its creation
/// said. From there on its history is its own. What machines run goes not along: they are those of the original.
/// </summary>
public static class ClusterCopy
{
    /// <summary>Takes in the history, and records where the copy comes from.</summary>
    /// <param name="source">The state store of the original.</param>
    /// <param name="target">The state store of the copy, whose files are there.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops; the same can be done again.</param>
    /// <exception cref="StateStoreException">Somebody is changing the cluster there, or it is on its way there, or has moved.</exception>
    /// <exception cref="StoreException">A store failed.</exception>
    public static async Task<ArrivedHistory> TakeInHistoryAsync(
        ClusterStore source,
        ClusterStore target,
        string cluster,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var (from, to) = (source.LayoutOf(cluster), target.LayoutOf(cluster));
        var title = $"copied from {from.Registry}";
        var hold = await target.HoldAsync(cluster, title, cancellationToken).ConfigureAwait(false);
        await using (hold.ConfigureAwait(false))
        {
            await target.CheckNotMovedAsync(cluster, cancellationToken).ConfigureAwait(false);

            // Its Cluster objects name what the copy's own names.
            var arrival = new HistoryArrival(target.History, cluster, source.Root.ToString(), static config => config);
            var history = await arrival.TakeInAsync(source.History, hold.KeepAsync, cancellationToken).ConfigureAwait(false);
            var changes = new ChangeSetBuilder(to, title);
            if ((await FlagRecord.ReadAsync(from, cancellationToken).ConfigureAwait(false)).Content is { } said)
                changes.Write(await FlagRecord.ReadAsync(to, cancellationToken).ConfigureAwait(false), said);
            return await hold.RecordAsync(changes.Build(), cancellationToken).ConfigureAwait(false) is ApplyResult.Conflict conflict
                ? throw new StateStoreException(
                    StateErrorKind.Busy,
                    $"somebody changed {conflict.Files[0].Path} meanwhile; run the command again"
                )
                : history;
        }
    }
}
