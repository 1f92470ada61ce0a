namespace Kops.Vfs.Drivers;

/// <summary>A path of the usual form, <c>scheme://NAME/…/key</c>.</summary>
/// <param name="Text">Scheme and names, as they were written.</param>
/// <param name="Names">What names the store, such as a bucket; empty where it is not there.</param>
/// <param name="Key">What follows, without a final slash.</param>
public readonly record struct StoreAddress(string Text, IReadOnlyList<string> Names, string Key)
{
    /// <summary>Splits a path.</summary>
    /// <param name="path">What the user wrote.</param>
    /// <param name="names">How many segments name the store.</param>
    public static StoreAddress Parse(string path, int names = 1)
    {
        ArgumentNullException.ThrowIfNull(path);
        var start = path.IndexOf("://", StringComparison.Ordinal) + 3;
        var segments = path[start..].Split('/', names + 1);
        var found = Enumerable.Range(0, names).Select(i => segments.ElementAtOrDefault(i) ?? string.Empty).ToList();
        return new StoreAddress(
            path[..start] + string.Join('/', found),
            found,
            segments.Length > names ? segments[names].TrimEnd('/') : string.Empty
        );
    }

    /// <summary>The error for a path that leads nowhere.</summary>
    public static StoreException Wrong(string path, string problem) => new(StoreErrorKind.InvalidArgument, "open", path, problem);
}
