using System.Runtime.CompilerServices;

namespace Kops.Architecture.Tests;

/// <summary>Where the sources are, seen from this file.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
