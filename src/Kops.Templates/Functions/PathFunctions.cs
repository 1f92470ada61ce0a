using Kops.Templates.Values;

namespace Kops.Templates.Functions;

/// <summary>sprig's functions of paths with slashes; the <c>os</c> variants are the same, as on Linux.</summary>
internal static class PathFunctions
{
    public static void AddTo(FunctionTable table)
    {
        Both(table, "base", "osBase", text => Base(text));
        Both(table, "dir", "osDir", text => Clean(text[..(text.LastIndexOf('/') + 1)]));
        Both(table, "clean", "osClean", text => Clean(text));
        Both(table, "ext", "osExt", text => Extension(text));
        Both(table, "isAbs", "osIsAbs", text => text.StartsWith('/'));
    }

    /// <summary>The shortest path that names the same: without <c>.</c>, <c>..</c> and double slashes.</summary>
    public static string Clean(string path)
    {
        var isRooted = path.StartsWith('/');
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part.Length == 0 || part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (!isRooted)
                parts.Add(part);
        }

        var clean = string.Join('/', parts);
        return isRooted ? "/" + clean
            : clean.Length == 0 ? "."
            : clean;
    }

    private static void Both(FunctionTable table, string name, string systemName, Func<string, Value> function) =>
        table.Add(name, [ParameterType.Text], a => function(a.Text(0))).Add(systemName, [ParameterType.Text], a => function(a.Text(0)));

    private static string Base(string path)
    {
        if (path.Length == 0)
            return ".";
        var trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    private static string Extension(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') ? path[dot..] : string.Empty;
    }
}
