using Kops.StateStore;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Changes.Moves.Records;
using Kops.StateStore.Errors;
using Kops.Vfs;

namespace Kops.Operations.Moves;

/// <summary>Ends moves: removes the files at the old place, once it is certain that nothing is lost with them.</summary>
/// <param name="session">The work, on the state store that clusters have left.</param>
/// <param name="stores">Opens the stores that the records of moves name.</param>
/// <param name="open">Opens the clusters of a state store.</param>
public sealed class FinishMoves(ClusterSession session, StoreRegistry stores, Func<VfsPath, ClusterStore> open)
{
    /// <summary>The clusters whose old files can be removed.</summary>
    /// <exception cref="OperationException">There is none.</exception>
    public async Task<IReadOnlyList<string>> ListAllAsync(CancellationToken cancellationToken = default)
    {
        var names = new List<string>();
        foreach (var name in await MoveRecords.ListAsync(session.State.Root, cancellationToken).ConfigureAwait(false))
        {
            if (
                await MoveRecords.FindAsync(session.State.Root, name, cancellationToken).ConfigureAwait(false) is
                { Status: MoveStatus.Moved or MoveStatus.Finishing }
            )
                names.Add(name);
        }

        return names.Count > 0 ? names : throw OperationException.NotFound($"no move from {session.State.Root} is waiting to be finished");
    }

    /// <summary>What finishing the move of a cluster removes. Nothing is written.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="movedTo">Where it is thought to have moved; null for wherever it has.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">It has not moved from here, or to another place.</exception>
    /// <exception cref="StateStoreException">Something changed at the old place since, or nodes are still told of it.</exception>
    public async Task<FinishPlan> PlanAsync(string cluster, VfsPath? movedTo = null, CancellationToken cancellationToken = default)
    {
        var record =
            await MoveRecords.FindAsync(session.State.Root, cluster, cancellationToken).ConfigureAwait(false)
            ?? throw OperationException.NotFound($"no move of cluster \"{cluster}\" from {session.State.Root} is waiting to be finished");
        if (movedTo is not null && movedTo.ToString() != record.To)
            throw OperationException.InvalidRequest($"--to {movedTo}: cluster \"{cluster}\" has moved to {record.To}");
        return await MoveOf(record).PlanAsync(cluster, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what was planned. Stopped in the middle, the same goes on later.</summary>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="StateStoreException">Somebody changed files at the old place meanwhile.</exception>
    /// <exception cref="StoreException">A store failed.</exception>
    public Task<long> RunAsync(FinishPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return MoveOf(plan.Record).RunAsync(plan, cancellationToken);
    }

    private MoveFinish MoveOf(MoveRecord record) => new(session.State, open(stores.Resolve(record.To)), session.Clock);
}
