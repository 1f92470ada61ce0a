using System.Runtime.CompilerServices;

namespace Kops.Model.Tests.Goldens;

/// <summary>
/// Where the golden cases are: <c>KOPS_GOLDENS </c>, else beside the repository. They are no part of it, so a clone may have none.
/// </summary>
internal static class GoldenCases
{
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("KOPS_GOLDENS") is { Length: > 0 } goldens ? goldens : Path.Combine(Shared, "goldens");

    public static string Shared =>
        Environment.GetEnvironmentVariable("KOPS_SHARED") is { Length: > 0 } shared
            ? shared
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "..", "shared"));

    /// <summary>The cases of a family, by name; empty where there are none.</summary>
    public static IEnumerable<string> Of(string family)
    {
        var folder = Path.Combine(Root, family);
        return Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)
            : [];
    }

    public static string Read(string family, string name, string file) => File.ReadAllText(Path.Combine(Root, family, name, file));

    /// <summary>How golden texts compare: without white space at the ends, lines ended by a line feed.</summary>
    public static string Normal(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private static string Here([CallerFilePath] string path = "") => path;
}
