using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Secrets;

/// <summary>Deletes secrets of a cluster.</summary>
public static class DeleteSecrets
{
    /// <summary>Plans it, all of them in one change.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="names">Their names.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">One of them is not there.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(names);
        var planner = session.Change(state);
        foreach (var name in names)
            planner.DeleteSecret(
                await state.Secrets.FindAsync(name, cancellationToken).ConfigureAwait(false)
                    ?? throw OperationException.NotFound($"secret \"{name}\" not found in cluster \"{state.Name}\"; nothing was deleted")
            );
        return planner.Build();
    }
}
