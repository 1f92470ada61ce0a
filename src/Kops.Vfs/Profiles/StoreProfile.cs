namespace Kops.Vfs.Profiles;

/// <summary>What a user has written down about one store.</summary>
/// <param name="Name">Its name; the same as <paramref name="Url"/> where it has none of its own.</param>
/// <param name="Url">The store, or a part of it, that is meant: <c>s3://bucket-a</c>, <c>s3://bucket-b/team</c>.</param>
/// <param name="Place">Where it stands, for messages.</param>
/// <param name="Values">Values by <see cref="StoreSetting.Key"/>.</param>
public sealed record StoreProfile(string Name, string Url, string Place, IReadOnlyDictionary<string, ProfileValue> Values)
{
    /// <summary>Whether a path lies in it. <c>s3://a/b</c> does not hold <c>s3://a/bc</c>.</summary>
    public bool Holds(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith(Url, StringComparison.Ordinal) && (path.Length == Url.Length || Url[^1] == '/' || path[Url.Length] == '/');
    }
}
