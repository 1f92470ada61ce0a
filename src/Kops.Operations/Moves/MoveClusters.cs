using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Errors;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Operations.Moves;

/// <summary>
/// Moves clusters to another state store. The old files stay there until <see cref="FinishMoves"/> removes them. Stopped at any moment,
/// the same call goes on, from any machine.
/// </summary>
/// <param name="session">The work, on the state store that they leave.</param>
/// <param name="target">The state store that they go to.</param>
/// <param name="author">Who moves them, for the record.</param>
public sealed class MoveClusters(ClusterSession session, ClusterStore target, ChangeAuthor author)
{
    private readonly ClusterMove _move = new(session.State, target, session.Clock, author);

    /// <summary>The state store that they go to.</summary>
    public ClusterStore Target => target;

    /// <summary>Every cluster of a state store.</summary>
    /// <exception cref="OperationException">There is none, or one that cannot be read, and so not be moved with the others.</exception>
    public static async Task<IReadOnlyList<string>> ListAllAsync(ClusterSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var listing = await session.State.ListAsync(cluster => cluster.Name, cancellationToken).ConfigureAwait(false);
        if (listing.Unreadable is [var unreadable, ..])
            throw OperationException.Failed(
                $"cluster \"{unreadable.Name}\" cannot be read, so that not all can be moved: {unreadable.Error.Message}"
            );
        return listing.Clusters.Count > 0
            ? listing.Clusters
            : throw OperationException.NotFound($"there are no clusters in {session.State.Root}");
    }

    /// <summary>Whether a cluster has moved to the target already, and its old files are still there.</summary>
    public async Task<bool> HasMovedAsync(string cluster, CancellationToken cancellationToken = default) =>
        await MoveRecords.FindAsync(session.State.Root, cluster, cancellationToken).ConfigureAwait(false)
            is { Status: MoveStatus.Moved } moved
        && moved.To == target.Root.ToString();

    /// <summary>Takes away the reservation of the new place where a move died after the cluster had arrived there.</summary>
    /// <exception cref="StoreException">A store failed.</exception>
    public Task SettleAsync(string cluster, CancellationToken cancellationToken = default) => _move.SettleAsync(cluster, cancellationToken);

    /// <summary>What moving a cluster does. Nothing is written.</summary>
    /// <exception cref="OperationException">There is none of that name.</exception>
    /// <exception cref="StateStoreException">It has moved already, or is moving to another store, or something stands at its new
    /// place.</exception>
    public async Task<PlannedMove> PlanAsync(string cluster, CancellationToken cancellationToken = default)
    {
        var plan =
            await _move.PlanAsync(cluster, cancellationToken).ConfigureAwait(false)
            ?? throw await session.ClusterNotFoundAsync(cluster, cancellationToken).ConfigureAwait(false);
        return new PlannedMove(plan, target.Root, session.State.Root);
    }

    /// <summary>Moves a cluster, or goes on with a move that stopped.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="meter">Counts; to be read by whoever shows how far it is.</param>
    /// <param name="cancellationToken">Stops; the same call goes on later.</param>
    /// <exception cref="OperationException">There is none of that name.</exception>
    /// <exception cref="StateStoreException">As for <see cref="PlanAsync"/>; or somebody else moves it too, or it keeps
    /// changing.</exception>
    /// <exception cref="StoreException">A store failed. Nothing is lost; the same call goes on.</exception>
    public async Task<MoveSummary> RunAsync(string cluster, TransferMeter meter, CancellationToken cancellationToken = default) =>
        await _move.RunAsync(cluster, meter, cancellationToken).ConfigureAwait(false)
        ?? throw await session.ClusterNotFoundAsync(cluster, cancellationToken).ConfigureAwait(false);
}
