using Kops.StateStore.Changes;
using Kops.StateStore.Keysets;

namespace Kops.Operations.Keypairs;

/// <summary>A keyset that changes. Each is a change of its own: a key that was written over cannot be brought back.</summary>
/// <param name="Before">The keyset as it was read; null for a new one.</param>
/// <param name="After">How it is to be.</param>
/// <param name="Ids">The keypairs that are added, promoted, distrusted or trusted; empty when there is nothing to do.</param>
/// <param name="Changes">What that changes; empty when that is nothing.</param>
public sealed record KeysetChange(StoredKeyset? Before, ClusterKeyset After, IReadOnlyList<string> Ids, ChangeSet Changes)
{
    /// <summary>The keyset's name.</summary>
    public string Name => After.Name;
}
