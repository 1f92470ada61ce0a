using Kops.Vfs;

namespace Kops.StateStore.Files;

/// <summary>Comparisons of paths that two people may write differently.</summary>
internal static class Places
{
    /// <summary>Whether both name one place: in the local file system with or without <c>file://</c>.</summary>
    public static bool IsSamePlace(this VfsPath path, VfsPath other) => Text(path) == Text(other);

    /// <summary>The path of something below another place, relative to it; null when it is not below.</summary>
    public static string? RelativeTo(this VfsPath path, VfsPath above)
    {
        var (text, prefix) = (Text(path), Text(above) + "/");
        return text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length ? text[prefix.Length..] : null;
    }

    private static string Text(VfsPath path)
    {
        var text = path.ToString().TrimEnd('/');
        return text.StartsWith("file://", StringComparison.Ordinal) ? text["file://".Length..] : text;
    }
}
