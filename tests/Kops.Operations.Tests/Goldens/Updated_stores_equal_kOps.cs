using Kops.Model.Tests.Goldens;

namespace Kops.Operations.Tests.Goldens;

/// <summary>
/// The store after <c>update cluster --yes</c>, for every case that lies there: each file that kOps wrote, to the byte. Of the scripts of
/// Karpenter's machines, whose text is our own, what they say is compared.
/// </summary>
public sealed class Updated_stores_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        UserCase
            .All.DefaultIfEmpty(new UserCase(string.Empty, string.Empty, string.Empty))
            .Select(one => new TheoryDataRow<string, string, string>(one.Family, one.Name, one.File)
            {
                TestDisplayName = $"updated {one.Family} {one.Name} {Path.GetFileNameWithoutExtension(one.File)}",
            });

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task In_every_file_and_a_second_update_has_nothing_to_do(string family, string name, string file)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var one = new UserCase(family, name, file);

        await one.UpdateAsync(
            async (stores, second) =>
            {
                foreach (var (address, expected) in one.Files("store"))
                {
                    Func<string, string> text = IsScript(address) ? BootScriptText.Said : GoldenCases.Normal;
                    Assert.Equal(
                        $"{address}:\n{text(await File.ReadAllTextAsync(expected))}",
                        $"{address}:\n{text(await stores.Resolve(address).ReadTextAsync() ?? "not there")}"
                    );
                }

                Assert.Empty(second.Changes.Files.Select(change => change.Path.ToString()));
                Assert.True(second.IsEmpty);
            }
        );
    }

    private static bool IsScript(string address) => address.EndsWith("/nodeupscript.sh", StringComparison.Ordinal);
}
