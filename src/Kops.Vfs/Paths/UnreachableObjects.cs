namespace Kops.Vfs;

/// <summary>The error for objects below a path with keys that no path can name (<see cref="ObjectKey"/>), such as <c>a//b</c>.</summary>
internal static class UnreachableObjects
{
    private const int MaxNamed = 3;

    /// <param name="path">The path whose tree was listed.</param>
    /// <param name="keys">The keys, at least one.</param>
    internal static StoreException Error(string path, IReadOnlyList<string> keys)
    {
        var (have, them) = keys.Count == 1 ? ("object there has a key", "it") : ("objects there have keys", "them");
        var named = string.Join(", ", keys.Take(MaxNamed).Select(key => $"'{Printable(key)}'"));
        return new StoreException(
            StoreErrorKind.UnreachableObjects,
            "list everything in",
            path,
            $"{keys.Count} {have} with an empty, '.' or '..' part, which this program cannot name: {named}"
                + $"{(keys.Count > MaxNamed ? ", ..." : string.Empty)}; rename or delete {them} with a tool of the "
                + "store's own, and try again"
        );
    }

    /// <summary>Keys are anybody's, and a terminal obeys some characters.</summary>
    private static string Printable(string key) => string.Concat(key.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
