using Kops.Api.Schema;
using Kops.StateStore.Clusters;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Keypairs;

/// <summary>Finds the keysets whose keys can be exchanged.</summary>
internal static class KeysetLookup
{
    /// <summary>The keysets that a name stands for: one, or with <see cref="KeysetRotation.All"/> those that can be rotated.</summary>
    /// <exception cref="OperationException">There is none of that name, or its keys cannot be exchanged.</exception>
    public static async Task<IReadOnlyList<StoredKeyset>> GetAsync(ClusterState state, string name, CancellationToken cancellationToken)
    {
        if (name != KeysetRotation.All)
        {
            Check(name);
            return await state.Keysets.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } one
                ? [one]
                : throw await NotFoundAsync(state, name, cancellationToken).ConfigureAwait(false);
        }

        var listing = await state.Keysets.ListAsync(cancellationToken).ConfigureAwait(false);
        return listing.Unreadable is [var broken, ..]
            ? throw OperationException.Failed($"keyset \"{broken.Name}\" cannot be read: {broken.Error.Message}", broken.Error)
            : [.. listing.Keysets.Where(keyset => KeysetRotation.IsRotatable(keyset.Name))];
    }

    /// <exception cref="OperationException">The keys of such a keyset cannot be exchanged.</exception>
    public static void Check(string name)
    {
        if (!KeysetRotation.IsRotatable(name))
            throw OperationException.InvalidRequest(
                $"the keys of '{name}' cannot be exchanged: a keyset is service-account, or has -ca in its name"
            );
    }

    /// <summary>Plans to store a keyset in the place of the one that was read, if there was one.</summary>
    public static KeysetChange Change(
        ClusterSession session,
        ClusterState state,
        StoredKeyset? read,
        ClusterKeyset changed,
        IReadOnlyList<string> ids
    )
    {
        if (ReferenceEquals(read?.Keyset, changed))
            return new KeysetChange(read, changed, ids, session.State.Change(state, session.Title).Build());

        // One that stands under its old name is written under the new one, as kOps does.
        var planner = session.Change(state);
        _ = read is { IsLegacy: false } ? planner.ReplaceKeyset(read, changed) : planner.CreateKeyset(changed);
        return new KeysetChange(read, changed, ids, planner.Build());
    }

    private static async Task<OperationException> NotFoundAsync(ClusterState state, string name, CancellationToken cancellationToken)
    {
        var names = (await state.Keysets.ListAsync(cancellationToken).ConfigureAwait(false)).Keysets.Select(keyset => keyset.Name);
        return OperationException.NotFound($"keyset \"{name}\" not found in cluster \"{state.Name}\"{Suggest.Hint(name, names)}");
    }
}
