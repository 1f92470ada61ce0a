using System.Runtime.CompilerServices;
using System.Text;
using Kops.Model.Flags;
using Kops.Model.Merging;
using Kops.Model.NewCluster;

namespace Kops.Model.Tests.Docs;

/// <summary>docs/reference/create-cluster-flags.md is generated: run these tests with KOPS_UPDATE_DOCS=1 to write it anew.</summary>
public sealed class The_table_of_flags_is_up_to_date
{
    private const string Intro = """
        # Flags of `kops create cluster`

        Generated from the table of flags (`src/Kops.Model/NewCluster/ClusterFlagTable.cs`). On a cluster that exists, a flag is merged:
        it changes what it means and nothing else. A flag that shapes what is made once can be given again as long as it says what is there.

        | flag | clouds | default | where it lands | on a cluster that exists |
        | --- | --- | --- | --- | --- |

        """;

    [Fact]
    public void So_says_the_code()
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "reference", "create-cluster-flags.md");
        var expected = Table();
        if (Environment.GetEnvironmentVariable("KOPS_UPDATE_DOCS") == "1")
            File.WriteAllText(path, expected);

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            "docs/reference/create-cluster-flags.md is out of date: run these tests with KOPS_UPDATE_DOCS=1"
        );
    }

    private static string Table()
    {
        var text = new StringBuilder(Intro);
        foreach (var flag in ClusterFlagTable.All)
            text.Append($"| {Names(flag)} | {Clouds(flag)} | {Code(flag.Default)} | {Lands(flag)} | {Merges(flag)} |\n");
        return text.ToString();
    }

    private static string Names(FlagDefinition<ClusterFlags> flag)
    {
        var notes = new List<string>();
        if (flag.Aliases.Count > 0)
            notes.Add($"formerly {string.Join(", ", flag.Aliases.Select(alias => $"`--{alias}`"))}");
        if (flag.Deprecated is { } reason)
            notes.Add($"deprecated: {reason}");
        if (flag.Feature is { } feature)
            notes.Add($"needs `KOPS_FEATURE_FLAGS={feature}`");
        var names = flag.Short is { } letter ? $"`-{letter}`, `--{flag.Name}`" : $"`--{flag.Name}`";
        return notes.Count == 0 ? $"{names}: {flag.Help}" : $"{names}: {flag.Help} ({string.Join("; ", notes)})";
    }

    private static string Clouds(FlagDefinition<ClusterFlags> flag) => flag.Clouds.Count == 0 ? "all" : string.Join(", ", flag.Clouds);

    private static string Code(string? text) => text is null ? string.Empty : $"`{text}`";

    private static string Lands(FlagDefinition<ClusterFlags> flag) => flag.Lands.Length == 0 ? "nowhere" : flag.Lands;

    private static string Merges(FlagDefinition<ClusterFlags> flag) =>
        MergeRules.All.FirstOrDefault(rule => rule.Flag == flag.Name) switch
        {
            MergeRule.Fixed made => $"made once: {made.Advice}",
            _ => "changes it",
        };

    private static string Here([CallerFilePath] string path = "") => path;
}
