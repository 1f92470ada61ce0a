using System.Runtime.CompilerServices;
using Xunit;

namespace Kops.Cli.Tests.Support;

/// <summary>What kOps itself wrote and printed; it lies outside the repository, and tests that want it are skipped where it is not.</summary>
internal static class Fixtures
{
    public const string Cluster = "minimal.example.com";

    public static string Root { get; } = FindRoot();

    public static string Shared { get; } = Environment.GetEnvironmentVariable("KOPS_SHARED") is { Length: > 0 } named ? named : Path.Combine(Root, "..", "shared");

    /// <summary>What kOps printed.</summary>
    public static string Output(string name)
    {
        SkipWithout();
        return File.ReadAllText(Path.Combine(Shared, "fixtures", "upstream-output", name));
    }

    /// <summary>A copy of the store that kOps wrote.</summary>
    public static string CopyStore(Desk desk)
    {
        SkipWithout();
        var (from, to) = (Path.Combine(Shared, "fixtures", "upstream-store"), desk.PathOf("store"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        return to;
    }

    private static void SkipWithout() =>
        Assert.SkipUnless(Directory.Exists(Path.Combine(Shared, "fixtures")), $"there are no fixtures of kOps in {Path.GetFullPath(Shared)} (KOPS_SHARED names another place)");

    private static string FindRoot([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
