using System.Xml.Linq;
using Xunit;

namespace Kops.Architecture.Tests;

/// <summary>Each floor uses only the floors below it.</summary>
public sealed class FloorTests
{
    /// <summary>What each project may refer to. Store drivers (<c>Kops.Vfs.*</c>) are not named one by one.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Kops.Vfs"] = [],
        ["Kops.Vfs.Extensions"] = ["Kops.Vfs"],
        ["Kops.Vfs.Rest"] = ["Kops.Vfs"],
        ["Kops.Api"] = [],
        ["Kops.Templates"] = [],
        ["Kops.Model"] = ["Kops.Api"],
        ["Kops.Build"] = ["Kops.Api", "Kops.Model", "Kops.Templates"],
        ["Kops.Resources"] = ["Kops.Api", "Kops.Model"],
        ["Kops.Terraform"] = ["Kops.Api", "Kops.Resources"],
        ["Kops.Cloud.Aws"] = ["Kops.Model"],
        ["Kops.StateStore"] = ["Kops.Api", "Kops.Vfs"],
        ["Kops.Operations"] =
        [
            "Kops.Api",
            "Kops.Build",
            "Kops.Cloud.*",
            "Kops.Model",
            "Kops.Resources",
            "Kops.StateStore",
            "Kops.Templates",
            "Kops.Terraform",
            "Kops.Vfs",
        ],
        ["Kops.Cli"] =
        [
            "Kops.Api",
            "Kops.Build",
            "Kops.Model",
            "Kops.Operations",
            "Kops.StateStore",
            "Kops.Vfs",
            "Kops.Vfs.*",
            "Kops.Cloud.*",
        ],
    };

    public static TheoryData<string> Projects() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_the_floors_below_it(string project)
    {
        var isDriver = project.StartsWith("Kops.Vfs.", StringComparison.Ordinal) && !Allowed.ContainsKey(project);
        var allowed = isDriver ? ["Kops.Vfs", "Kops.Vfs.Rest"] : Allowed[project];

        var above = References(project).Where(reference => !allowed.Any(name => Matches(name, reference)));

        Assert.Empty(above);
    }

    [Theory]
    [InlineData("Kops.Api")]
    [InlineData("Kops.Model")]
    [InlineData("Kops.Resources")]
    [InlineData("Kops.Terraform")]
    public void The_floors_without_input_and_output_use_none(string project)
    {
        string[] banned =
        [
            "System.Net.Http",
            "File.",
            "Directory.",
            "Environment.Get",
            "Console.",
            "TimeProvider.System",
            "DateTimeOffset.UtcNow",
        ];

        var uses =
            from file in Repository.Sources(Path.Combine("src", project))
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from name in banned
            where line.Contains(" " + name, StringComparison.Ordinal) || line.Contains("(" + name, StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";

        Assert.Empty(uses);
    }

    [Fact]
    public void Only_the_composition_root_reads_the_environment()
    {
        var readers =
            from file in Repository.Sources("src")
            where File.ReadAllText(file).Contains("Environment.GetEnvironmentVariable", StringComparison.Ordinal)
            select Path.GetRelativePath(Repository.Root, file);

        Assert.All(readers, file => Assert.StartsWith("src/Kops.Cli/", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Tests_mirror_the_sources()
    {
        var untested = Projects()
            .Select(row => row.Data)
            .Where(project => !Directory.Exists(Path.Combine(Repository.Root, "tests", project + ".Tests")));

        Assert.Empty(untested);
    }

    internal static bool Matches(string allowed, string project) =>
        allowed.EndsWith(".*", StringComparison.Ordinal) ? project.StartsWith(allowed[..^1], StringComparison.Ordinal) : allowed == project;

    private static IEnumerable<string> References(string project) =>
        XDocument
            .Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("OutputItemType") != "Analyzer")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
}
