using System.Runtime.CompilerServices;
using Xunit;

namespace Kops.Cli.Tests.Support;

/// <summary>
/// What kOps itself wrote and printed; it lies outside the repository, and tests that want it are skipped where it is not.
/// </summary>
internal static class Fixtures
{
    public const string Cluster = "minimal.example.com";

    public static string Root { get; } = FindRoot();

    public static string Shared { get; } =
        Environment.GetEnvironmentVariable("KOPS_SHARED") is { Length: > 0 } named ? named : Path.Combine(Root, "..", "shared");

    /// <summary>What kOps printed.</summary>
    public static string Output(string name)
    {
        SkipWithout();
        return File.ReadAllText(Path.Combine(Shared, "fixtures", "upstream-output", name));
    }

    /// <summary>The flags of kOps: command, flag, short form, and how its value is written.</summary>
    public static IEnumerable<(string Command, string Flag, string Short, string Kind)> Flags()
    {
        var table = Path.Combine(Shared, "reference", "upstream-cli-flags.tsv");
        Assert.SkipUnless(
            File.Exists(table),
            $"there is no list of kOps' flags in {Path.GetFullPath(Shared)} (KOPS_SHARED names another place)"
        );
        return from line in File.ReadLines(table).Skip(1)
            let columns = line.Split('\t')
            where columns[1].StartsWith("--", StringComparison.Ordinal)
            select (
                columns[0].Replace("kops", string.Empty, StringComparison.Ordinal).Trim(),
                columns[1][2..],
                columns[2].TrimStart('-'),
                columns[3]
            );
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
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Shared, "fixtures")),
            $"there are no fixtures of kOps in {Path.GetFullPath(Shared)} (KOPS_SHARED names another place)"
        );

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
