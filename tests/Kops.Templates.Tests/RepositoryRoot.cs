using System.Runtime.CompilerServices;

namespace Kops.Templates.Tests;

/// <summary>Where the sources are, seen from this file.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string file = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, "..", ".."));
}
