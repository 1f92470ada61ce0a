using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Keypairs;

/// <summary>Trusts certificates of a keyset again.</summary>
public static class TrustKeypairs
{
    /// <summary>Plans it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="keyset">The keyset.</param>
    /// <param name="ids">The keypairs.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">There is no such keyset, or its keys cannot be exchanged.</exception>
    /// <exception cref="StateStoreException">There is no such keypair.</exception>
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
            var changed = KeysetRotation.Trust(read.Keyset, ids, out var trusted);
            changes.Add(KeysetLookup.Change(session, state, read, changed, trusted));
        }

        return changes;
    }
}
