namespace Kops.Vfs.Files;

/// <summary>Resolves symbolic links in paths of which the end need not exist.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int MaxLinks = 40;

    public static string Of(string path) => Resolve(path, MaxLinks);

    private static string Resolve(string path, int left)
    {
        if (left == 0 || Path.GetDirectoryName(path) is not { } parent)
            return path;
        var here = Path.Combine(Resolve(parent, left), Path.GetFileName(path));
        return TargetOf(here) is { } target ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(here)!), left - 1) : here;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
