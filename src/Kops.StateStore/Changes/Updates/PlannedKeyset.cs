using Kops.StateStore.Keysets;

namespace Kops.StateStore.Changes.Updates;

/// <summary>A keyset that a cluster must have: the one that is there, or one that is made when the change is applied.</summary>
public sealed class PlannedKeyset
{
    private readonly StoredKeyset? _found;
    private readonly Lazy<ClusterKeyset> _made;

    internal PlannedKeyset(string name, StoredKeyset? found, TimeProvider clock, int keyBits)
    {
        (Name, _found) = (name, found);
        _made = new(() => SelfSignedAuthority.Create(name, clock.GetUtcNow(), keyBits));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The keyset that is there; null when it is to be made.</summary>
    public ClusterKeyset? Found => _found?.Keyset;

    /// <summary>The keyset. One that is not there is made when this is first asked for: that takes a processor's time.</summary>
    public ClusterKeyset Keyset => Found ?? _made.Value;

    /// <summary>Whether it has to be written: it is not there, or under the name that an old kOps gave it.</summary>
    internal bool IsWritten => _found is null or { IsLegacy: true };
}
