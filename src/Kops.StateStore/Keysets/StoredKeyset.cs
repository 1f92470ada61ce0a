using Kops.StateStore.Files;

namespace Kops.StateStore.Keysets;

/// <summary>A keyset that was read.</summary>
/// <param name="Keyset">The keyset.</param>
/// <param name="File">Its file.</param>
/// <param name="IsLegacy">Whether it stands under the name that an old kOps gave it: <c>update cluster</c> writes it under the new
/// one.</param>
public sealed record StoredKeyset(ClusterKeyset Keyset, StoredFile File, bool IsLegacy)
{
    /// <summary>Its name.</summary>
    public string Name => Keyset.Name;

    /// <summary>The name alone: keys do not belong in a message or a log.</summary>
    public override string ToString() => Name;
}
