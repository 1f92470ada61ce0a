using Kops.Operations.Validation;
using Kops.StateStore.Changes;
using Kops.StateStore.Changes.Deletion;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;

namespace Kops.Operations.Clusters;

/// <summary>Deletes the whole state of a cluster.</summary>
public static class DeleteCluster
{
    /// <summary>Plans it. Cloud resources are not touched.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="unregister">Whether the state goes whatever is still there in the cloud.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">The cluster was updated, and is not just unregistered.</exception>
    /// <exception cref="StateStoreException">A file stands there that is no part of a cluster.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        bool unregister = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        session.CheckIsNoCopy(state);
        if (!unregister)
            await state.CheckHasNoMachinesAsync("the state", cancellationToken).ConfigureAwait(false);
        return await ClusterDeletion.PlanAsync(state, session.Title, cancellationToken).ConfigureAwait(false);
    }
}
