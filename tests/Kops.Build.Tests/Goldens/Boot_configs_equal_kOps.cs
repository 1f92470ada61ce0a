using Kops.Build.Nodes;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>What machines are told with their user data, in every boot script that kOps made.</summary>
public sealed class Boot_configs_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => Node_files_equal_kOps.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void To_the_byte(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var golden = NodeFilesCase.Load(family, name);
        var told = golden.BootConfigs().ToList();
        var made = NodeConfigs.Of(golden.Requests().Last()).Select(node => node.Boot.ToYaml().Trim()).ToHashSet();

        Assert.All(told, text => Assert.Contains(text, made));
    }
}
