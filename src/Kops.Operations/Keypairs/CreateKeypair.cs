using Kops.Api;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Keypairs;

/// <summary>Adds a certificate and its private key to keysets: the first step by which keys are exchanged.</summary>
public static class CreateKeypair
{
    /// <summary>Whether the keys of a keyset can be exchanged.</summary>
    /// <param name="keyset">Its name, or <see cref="KeysetRotation.All"/>.</param>
    /// <exception cref="OperationException">They cannot.</exception>
    public static void Check(string keyset)
    {
        if (keyset != KeysetRotation.All)
            KeysetLookup.Check(keyset);
    }

    /// <summary>Plans it.</summary>
    /// <param name="session">The work.</param>
    /// <param name="state">The cluster as it was read.</param>
    /// <param name="keyset">The keyset, which need not be there, or <see cref="KeysetRotation.All"/> that can be exchanged.</param>
    /// <param name="isPrimary">Whether certificates are issued with it from now on.</param>
    /// <param name="own">What is added; null for a new authority that signs itself.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationException">The keys of the keyset cannot be exchanged.</exception>
    /// <exception cref="StateStoreException">The certificate or the key cannot be used.</exception>
    public static async Task<IReadOnlyList<KeysetChange>> PlanAsync(
        ClusterSession session,
        ClusterState state,
        string keyset,
        bool isPrimary = false,
        OwnKeypair? own = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(state);
        Check(keyset);
        var now = session.Clock.GetUtcNow();
        IReadOnlyList<(string Name, StoredKeyset? Keyset)> keysets =
            keyset == KeysetRotation.All
                ?
                [
                    .. (await KeysetLookup.GetAsync(state, keyset, cancellationToken).ConfigureAwait(false)).Select(one =>
                        (one.Name, (StoredKeyset?)one)
                    ),
                ]
                : [(keyset, await state.Keysets.FindAsync(keyset, cancellationToken).ConfigureAwait(false))];
        var changes = new List<KeysetChange>();
        foreach (var (name, read) in keysets)
        {
            var material = own is null or { Certificate: null, Key: null }
                ? KeyMaterial.Generate(name, now, isNumbered: true, session.State.KeyBits)
                : KeyMaterial.Read(own.Certificate, own.Key, name, now);
            var changed = KeysetRotation.Add(read?.Keyset, name, material, isPrimary, now, out var id);
            changes.Add(KeysetLookup.Change(session, state, read, changed, [id]));
        }

        return changes;
    }
}
