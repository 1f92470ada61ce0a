using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.StateStore.Keysets;

/// <summary>The keysets of a cluster.</summary>
/// <param name="Keysets">Those that could be read, in name order.</param>
/// <param name="Unreadable">Those that could not.</param>
public sealed record KeysetListing(IReadOnlyList<StoredKeyset> Keysets, IReadOnlyList<UnreadableObject> Unreadable)
{
    /// <summary>The keyset of that name; null when there is none.</summary>
    public StoredKeyset? Find(string name) => Keysets.FirstOrDefault(keyset => keyset.Name == name);
}
