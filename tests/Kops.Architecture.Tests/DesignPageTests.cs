using System.Text.RegularExpressions;
using Xunit;

namespace Kops.Architecture.Tests;

/// <summary>docs/design.md names files that are there, and its walks lead one way.</summary>
public sealed partial class DesignPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "design.md"));

    [Fact]
    public void Every_file_and_folder_that_it_names_is_there()
    {
        var missing =
            from line in Page
            from Match name in Named().Matches(line)
            let path = name.Groups["path"].Value.TrimEnd('*').TrimEnd('/', '.')
            where !path.Contains('<', StringComparison.Ordinal) && !Path.Exists(Path.Combine(Repository.Root, path))
            select path;

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_project_has_a_row()
    {
        var rows = Page.Where(line => line.StartsWith("| `Kops.", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).ToList();

        var without = FloorTests.Projects().Select(row => row.Data).Where(project => !rows.Any(row => FloorTests.Matches(row, project)));

        Assert.Empty(without);
    }

    [Fact]
    public void There_are_five_walks_and_none_comes_back_to_a_project_that_it_left()
    {
        var walks = Walks();

        Assert.Equal(5, walks.Count);
        Assert.All(walks, walk => Assert.Equal(walk.Distinct(), walk));
        Assert.All(walks, walk => Assert.Equal(Projects(walk).Distinct(), Projects(walk)));
    }

    /// <summary>The projects of a walk, each as often as it is entered.</summary>
    private static IEnumerable<string> Projects(IEnumerable<string> walk)
    {
        var last = string.Empty;
        foreach (var project in walk.Select(file => file.Split('/')[1]))
        {
            if (project != last)
                yield return project;
            last = project;
        }
    }

    private static List<List<string>> Walks()
    {
        var walks = new List<List<string>>();
        foreach (var line in Page)
        {
            if (Step().Match(line) is not { Success: true } step)
                continue;
            if (step.Groups["number"].Value == "1")
                walks.Add([]);
            walks[^1].Add(step.Groups["file"].Value);
        }

        return walks;
    }

    [GeneratedRegex(@"`(?<path>(src|tests|docs|bench|eng)/[^`]*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?<number>\d+)\. `(?<file>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
