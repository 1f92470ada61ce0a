using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>Every file that the machines of a golden case boot from, to the byte; the manifests of addons are taken as they are.</summary>
public sealed class Node_files_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        NodeFilesCase
            .All.Select(golden => (golden.Family, golden.Name))
            .DefaultIfEmpty((Family: string.Empty, Name: string.Empty))
            .Select(golden => new TheoryDataRow<string, string>(golden.Family, golden.Name)
            {
                TestDisplayName = $"node files {golden.Family} {golden.Name}",
            });

    [Theory]
    [MemberData(nameof(Cases))]
    public void To_the_byte(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var golden = NodeFilesCase.Load(family, name);
        var expected = golden.Expected();
        Assert.All(golden.Actual(), actual => Assert.Equal(Texts(expected), Texts(actual)));
    }

    // Scripts are another's.
    private static IEnumerable<string> Texts(SortedDictionary<string, string> files) =>
        files
            .Where(file => !file.Key.EndsWith("/nodeupscript.sh", StringComparison.Ordinal))
            .Select(file => $"{file.Key}:\n{GoldenCases.Normal(file.Value)}");
}
