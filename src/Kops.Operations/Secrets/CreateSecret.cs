using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Operations.Secrets;

/// <summary>Adds a secret to a cluster.</summary>
public static class CreateSecret
{
    /// <summary>Plans it. <see cref="SecretContent"/> checks the value.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="name">The secret's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="overwrite">Whether one that is there is written over.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">It is there already.</exception>
    public static async Task<ChangeSet> PlanAsync(
        ClusterSession session,
        ClusterState state,
        string name,
        ReadOnlyMemory<byte> value,
        bool overwrite = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        var existing = await state.Secrets.FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (existing is not null && !overwrite)
            throw OperationException.Conflict($"the secret {name} of cluster \"{state.Name}\" exists already; --force overwrites it");
        var planner = session.Change(state);
        return (existing is null ? planner.CreateSecret(name, value) : planner.ReplaceSecret(existing, value)).Build();
    }
}
