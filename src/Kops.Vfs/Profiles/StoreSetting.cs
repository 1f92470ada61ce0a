namespace Kops.Vfs.Profiles;

/// <summary>One thing that a user can say of a store.</summary>
/// <param name="Key">Its name in a profile; a dot stands between a mapping and its field (<c>credentials.profile</c>).</param>
/// <param name="Meaning">What it does, for the table in the documentation.</param>
/// <param name="Variables">The environment variables that say the same for all stores without a profile; the first one that is set
/// counts.</param>
public sealed record StoreSetting(string Key, string Meaning, params string[] Variables)
{
    /// <summary>Whether it is a secret or belongs to one: such are also looked for in variables with the profile's prefix.</summary>
    public bool IsCredential { get; init; }
}
