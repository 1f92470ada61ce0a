using System.Runtime.CompilerServices;

namespace Kops.Release.Tests.Packages;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    private static string Root { get; } = FindRoot();

    public static string At(params string[] path) => Path.Combine([Root, .. path]);

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));
}
