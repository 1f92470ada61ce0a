using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kops.Architecture.Tests;

/// <summary>Where the sources are, seen from this file, and what was built of them.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A project under <c>src</c>, built.</summary>
    public static Assembly Assembly(string project) => System.Reflection.Assembly.Load(project == "Kops.Cli" ? "kops" : project);

    /// <summary>The C# that people wrote below a folder.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
