using System.Runtime.CompilerServices;

namespace Kops.StateStore.Tests.Support;

/// <summary>Data of kOps that lies beside the repository and is no part of it.</summary>
internal static class SharedFiles
{
    /// <summary>A path below the shared directory; the test is skipped where it is absent.</summary>
    public static string Require(string relative)
    {
        var root = Environment.GetEnvironmentVariable("KOPS_SHARED") is { Length: > 0 } set
            ? set
            : Path.GetFullPath(Path.Combine(Source(), "../../../../shared"));
        var path = Path.Combine(root, relative);
        Xunit.Assert.SkipUnless(Path.Exists(path), $"{path} is not there (set KOPS_SHARED)");
        return path;
    }

    private static string Source([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
