using Kops.Api;
using Kops.Operations.Events;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;

namespace Kops.Operations.History;

/// <summary>Takes a recorded change back, if nobody changed the same since.</summary>
public static class UndoChange
{
    /// <summary>Plans it, as a change that is recorded in its turn; empty when everything stands as before.</summary>
    /// <param name="session">The work.</param>
    /// <param name="change">The change.</param>
    /// <param name="allowPart">Whether what can be taken back is, though not all can.</param>
    /// <param name="unregister">Whether objects that the change created go, whatever machines are still there in the cloud.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">It cannot be taken back as a whole, or the cluster was updated meanwhile, or is a copy of
    /// another.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        RecordedChange change,
        bool allowPart = false,
        bool unregister = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(change);
        await session.RecoverAsync(change.Record.Cluster, cancellationToken).ConfigureAwait(false);
        var state = await FindClusterAsync(session, change.Record.Cluster, cancellationToken).ConfigureAwait(false);
        if (state is not null)
            session.CheckIsNoCopy(state);
        var plan = await session
            .State.History.PlanUndoAsync(change, $"undo {change.Record.Title}", cancellationToken)
            .ConfigureAwait(false);
        foreach (var path in plan.Changed)
            session.Tell(new FileNotUndone(path, WasKept: true));
        foreach (var path in plan.NotKept)
            session.Tell(new FileNotUndone(path, WasKept: false));
        if (!plan.IsWhole && !allowPart)
            throw OperationException.Conflict("the change cannot be taken back as a whole; --partly takes back the rest of it");
        if (!unregister && state is not null && plan.Changes.Files.Any(file => file.Kind is FileChangeKind.Delete && file.IsObject))
            await state.CheckHasNoMachinesAsync("the objects", cancellationToken).ConfigureAwait(false);
        return plan.Changes;
    }

    /// <summary>The cluster as it stands; null for one that is not there, or that cannot be read, which the undo may mend.</summary>
    private static async Task<ClusterState?> FindClusterAsync(ClusterSession session, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await session.State.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unreadable) when (unreadable is InvalidObjectException or StateStoreException)
        {
            return null;
        }
    }
}
