namespace Kops.Operations.Tests.Goldens;

/// <summary>Every case of <c>update cluster</c> that lies in the goldens' folder, from <c>create -f</c> on.</summary>
public sealed class Users_cases_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        UserCase
            .All.DefaultIfEmpty(new UserCase(string.Empty, string.Empty, string.Empty))
            .Select(one => new TheoryDataRow<string, string, string>(one.Family, one.Name, one.File)
            {
                TestDisplayName = $"{one.Family} {one.Name} {Path.GetFileName(one.File)}",
            });

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task To_the_byte(string family, string name, string file)
    {
        Assert.SkipWhen(name.Length == 0, "there are no golden cases; KOPS_GOLDENS names their folder");
        var one = new UserCase(family, name, file);
        Assert.Equal(one.Expected, await one.CompletedAsync(), ignoreLineEndingDifferences: true);
    }
}
