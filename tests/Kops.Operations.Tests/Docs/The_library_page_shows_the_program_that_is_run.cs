using System.Runtime.CompilerServices;

namespace Kops.Operations.Tests.Docs;

public sealed class The_library_page_shows_the_program_that_is_run
{
    [Fact]
    public void Line_by_line()
    {
        var root = FindRoot();
        var page = File.ReadAllText(Path.Combine(root, "docs", "library.md"));
        var source = File.ReadAllText(Path.Combine(root, "tests", "Kops.Operations.Tests", "Clusters", "ClusterLife.cs"));
        var example = source.Split("// <example>")[1].Split("// </example>")[0];

        var lines = example.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("await after("));
        Assert.All(lines, line => Assert.Contains(line, page, StringComparison.Ordinal));
    }

    private static string FindRoot([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
