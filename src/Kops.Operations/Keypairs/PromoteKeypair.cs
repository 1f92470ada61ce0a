using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Keypairs;

/// <summary>Issues certificates with another keypair of a keyset from now on.</summary>
public static class PromoteKeypair
{
    /// <summary>Plans it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="keyset">The keyset, or <see cref="KeysetRotation.All"/> that can be exchanged.</param>
    /// <param name="id">The keypair; null for the newest one that is trusted and has its private key.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">There is no such keyset, or its keys cannot be exchanged.</exception>
    /// <exception cref="StateStoreException">There is no such keypair, or it cannot be promoted.</exception>
    public static async Task<IReadOnlyList<KeysetChange>> PlanAsync(
        ClusterSession session,
        ClusterState state,
        string keyset,
        string? id = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        var changes = new List<KeysetChange>();
        foreach (var read in await KeysetLookup.GetAsync(state, keyset, cancellationToken).ConfigureAwait(false))
        {
            var changed = KeysetRotation.Promote(read.Keyset, id);
            IReadOnlyList<string> ids = ReferenceEquals(changed, read.Keyset) ? [] : [changed.PrimaryId ?? string.Empty];
            changes.Add(KeysetLookup.Change(session, state, read, changed, ids));
        }

        return changes;
    }
}
