using Kops.Vfs;

namespace Kops.StateStore.Files;

/// <summary>
/// What is asked of paths: above all comparisons of those that two people may write differently, with or without <c>file:// </c>, relative,
/// or through a symbolic link.
/// </summary>
public static class Places
{
    /// <summary>Whether the store keeps the mark of a write with what was written.</summary>
    public static bool KeepsMarks(this VfsPath path) => path.Store.Capabilities.KeepsMarks;

    /// <summary>Whether both name one place.</summary>
    public static bool IsSamePlace(this VfsPath path, VfsPath other) =>
        ReferenceEquals(path.Store, other.Store) ? path.Key == other.Key : path.FullAddress.TrimEnd('/') == other.FullAddress.TrimEnd('/');

    /// <summary>The path of something below another place, relative to it; null when it is not below.</summary>
    public static string? RelativeTo(this VfsPath path, VfsPath above)
    {
        // Within one store nothing has to be looked up: no link in it is followed.
        var (text, prefix) = ReferenceEquals(path.Store, above.Store)
            ? (path.Key, ObjectKey.AsPrefix(above.Key))
            : (path.FullAddress.TrimEnd('/'), above.FullAddress.TrimEnd('/') + "/");
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length ? text[prefix.Length..] : null;
    }
}
