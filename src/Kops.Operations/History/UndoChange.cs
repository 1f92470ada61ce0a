using Kops.Operations.Events;
using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.History;

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
    /// <exception cref="OperationException">It cannot be taken back as a whole, or the cluster was updated meanwhile.</exception>
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
        var plan = await session
            .State.History.PlanUndoAsync(change, $"undo {change.Record.Title}", cancellationToken)
            .ConfigureAwait(false);
        foreach (var path in plan.Changed)
            session.Tell(new FileNotUndone(path, WasKept: true));
        foreach (var path in plan.NotKept)
            session.Tell(new FileNotUndone(path, WasKept: false));
        if (!plan.IsWhole && !allowPart)
            throw OperationException.Conflict("the change cannot be taken back as a whole; --partly takes back the rest of it");
        if (
            !unregister
            && plan.Changes.Files.Any(file => file.Kind is FileChangeKind.Delete && file.IsObject)
            && await session.State.ReadAsync(change.Record.Cluster, cancellationToken).ConfigureAwait(false) is { } state
        )
            await state.CheckHasNoMachinesAsync("the objects", cancellationToken).ConfigureAwait(false);
        return plan.Changes;
    }
}
