using System.Text.RegularExpressions;
using Xunit;

namespace Kops.Release.Tests.Packages;

/// <summary>
/// Who takes a package is warned of an outcome that nobody looks at, also where the package is one on top of <c>Kops.Vfs</c>.
/// </summary>
public sealed partial class OutcomeTests(Samples samples)
{
    [Fact]
    public async Task A_program_that_drops_an_outcome_is_warned_by_the_package()
    {
        var said = await samples.BuildAsync(
            "dropped-outcome",
            "Kops.Operations",
            """
            using Kops.Vfs;
            using Kops.Vfs.Files;

            await using var stores = new StoreRegistry().AddStandardStores(TimeProvider.System, Environment.CurrentDirectory);
            var place = stores.Resolve("memfs://app/settings");
            await place.WriteTextAsync("blue", WriteCondition.IfAbsent);
            _ = await place.WriteTextAsync("red", WriteCondition.Any);

            """
        );

        Assert.Equal(["Program.cs(6,1): warning KOPS001"], Warning().Matches(said).Select(match => match.Value).Distinct());
    }

    [GeneratedRegex(@"Program\.cs\(\d+,\d+\): \w+ \w+", RegexOptions.None, 1000)]
    private static partial Regex Warning();
}
