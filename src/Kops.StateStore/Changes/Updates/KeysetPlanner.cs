using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Keysets;

namespace Kops.StateStore.Changes.Updates;

/// <summary>Finds the keysets that a cluster must have. It makes none: a plan holds how they are made.</summary>
internal static class KeysetPlanner
{
    /// <summary>The keysets of those names: one listing, and a read for each that is there.</summary>
    /// <exception cref="StateStoreException">One of them cannot be read.</exception>
    public static async Task<IReadOnlyList<PlannedKeyset>> PlanAsync(
        ClusterState state,
        IReadOnlyList<string> names,
        TimeProvider clock,
        int keyBits,
        CancellationToken cancellationToken
    )
    {
        if (names.Count == 0)
            return [];
        var there = await state.Keysets.ListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var unreadable in there.Unreadable.Where(keyset => names.Contains(keyset.Name)))
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"the keyset '{unreadable.Name}' cannot be read: {unreadable.Error.Message}",
                unreadable.Error
            );
        return [.. names.Select(name => new PlannedKeyset(name, there.Find(name), clock, keyBits))];
    }
}
