using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Keypairs;

/// <summary>Takes certificates of a keyset out of what machines trust.</summary>
public static class DistrustKeypairs
{
    /// <summary>Plans it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="keyset">The keyset, or <see cref="KeysetRotation.All"/> that can be exchanged.</param>
    /// <param name="ids">The keypairs; none for all that are older than the primary one.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">There is no such keyset, or its keys cannot be exchanged.</exception>
    /// <exception cref="StateStoreException">There is no such keypair, or it is the primary one.</exception>
    public static async Task<IReadOnlyList<KeysetChange>> PlanAsync(
        ClusterSession session,
        ClusterState state,
        string keyset,
        IReadOnlyList<string> ids,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        var changes = new List<KeysetChange>();
        foreach (var read in await KeysetLookup.GetAsync(state, keyset, cancellationToken).ConfigureAwait(false))
        {
            var changed = KeysetRotation.Distrust(read.Keyset, ids, session.Clock.GetUtcNow(), out var distrusted);
            changes.Add(KeysetLookup.Change(session, state, read, changed, distrusted));
        }

        return changes;
    }
}
