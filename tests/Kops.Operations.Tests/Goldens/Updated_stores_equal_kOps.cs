using Kops.Model.Tests.Goldens;
using Kops.Operations.Addons;
using Kops.Vfs;

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
            source: null,
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

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task With_addons_made_from_the_source_of_that_kOps(string family, string name, string file)
    {
        var folder = Path.Combine(GoldenCases.Shared, "kops-source");
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        Assert.SkipUnless(Directory.Exists(folder), $"no source of kOps in {folder}");
        var one = new UserCase(family, name, file);

        await one.UpdateAsync(
            UserSource.OfFolder(folder),
            async (stores, second) =>
            {
                var own = new List<(string Theirs, string Ours)>();
                foreach (var (address, expected) in one.Files("addons"))
                {
                    var (theirs, ours) = (await ExpectedAsync(expected), await FoundAsync(stores, address));
                    if (HandsOnScript(address, theirs))
                        own.Add((HashOf(theirs), HashOf(ours)));
                    else
                        Assert.Equal($"{address}:\n{theirs}", $"{address}:\n{ours}");
                }

                foreach (var (address, expected) in one.Files("store").Where(pair => !IsScript(pair.Address)))
                {
                    var theirs = own.Aggregate(await ExpectedAsync(expected), (text, hash) => text.Replace(hash.Theirs, hash.Ours));
                    Assert.Equal($"{address}:\n{theirs}", $"{address}:\n{await FoundAsync(stores, address)}");
                }

                Assert.Empty(second.Changes.Files.Select(change => change.Path.ToString()));
                Assert.Empty(second.Addons.Missing);
            }
        );
    }

    private static async Task<string> ExpectedAsync(string file) => GoldenCases.Normal(await File.ReadAllTextAsync(file));

    private static async Task<string> FoundAsync(StoreRegistry stores, string address) =>
        GoldenCases.Normal(await stores.Resolve(address).ReadTextAsync() ?? "not there");

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    // What makes machines hands on the script that they start with, whose text is upstream's.
    private static bool HandsOnScript(string address, string body) =>
        address.Contains("/karpenter.sh/", StringComparison.Ordinal)
        || (
            address.Contains("/cluster-autoscaler.addons.k8s.io/", StringComparison.Ordinal)
            && body.Contains("HCLOUD_CLUSTER_CONFIG", StringComparison.Ordinal)
        );

    private static bool IsScript(string address) => address.EndsWith("/nodeupscript.sh", StringComparison.Ordinal);
}
