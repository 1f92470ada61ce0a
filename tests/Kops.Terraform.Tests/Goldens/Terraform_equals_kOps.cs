using Kops.Model.Tests.Goldens;

namespace Kops.Terraform.Tests.Goldens;

/// <summary>What <c>update cluster --target terraform</c> writes, of every golden case that is there.</summary>
public sealed class Terraform_equals_kOps
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        TerraformCase
            .All.Select(golden => (golden.Family, golden.Name))
            .DefaultIfEmpty((string.Empty, string.Empty))
            .Select(golden => new TheoryDataRow<string, string>(golden.Item1, golden.Item2)
            {
                TestDisplayName = $"terraform {golden.Item1} {golden.Item2}",
            });

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_configuration_to_the_byte(string family, string name)
    {
        var golden = Load(family, name);
        if (IsRefused(golden))
            return;
        foreach (var files in golden.Actual())
            Assert.Equal(golden.Expected, TerraformCase.Text(files[0]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void And_the_files_beside_it(string family, string name)
    {
        var golden = Load(family, name);
        if (IsRefused(golden))
            return;
        foreach (var files in golden.Actual())
            Assert.Equal(golden.ExpectedData, TerraformCase.Data(files));
    }

    // A cloud whose resources are not known is refused by its name.
    private static bool IsRefused(TerraformCase golden)
    {
        if (golden.IsKnown)
            return false;
        var failure = Assert.Throws<NotSupportedException>(() => golden.Actual().Count());
        Assert.Contains(golden.Cloud, failure.Message, StringComparison.Ordinal);
        return true;
    }

    private static TerraformCase Load(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        return TerraformCase.Load(family, name);
    }
}
