namespace Kops.Vfs.Profiles;

/// <summary>The profiles of a user.</summary>
public sealed class StoreProfiles(IReadOnlyList<StoreProfile> profiles)
{
    /// <summary>No profiles.</summary>
    public static StoreProfiles None { get; } = new([]);

    /// <summary>All of them, in the order in which they were written.</summary>
    public IReadOnlyList<StoreProfile> All => profiles;

    /// <summary>The profile of a path: the one with the longest address that holds it, of equals the first; null for none.</summary>
    public StoreProfile? Find(string path) => profiles.Where(profile => profile.Holds(path)).MaxBy(profile => profile.Url.Length);

    /// <summary>The address for what a user wrote: that of the profile of this name, or else the text itself.</summary>
    public string AddressOf(string text) => profiles.FirstOrDefault(profile => profile.Name == text)?.Url ?? text;
}
