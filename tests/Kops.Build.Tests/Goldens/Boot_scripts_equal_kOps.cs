using System.Security.Cryptography;
using System.Text;
using Kops.Build.Boot;
using Kops.Build.Nodes;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>
/// Every boot script that kOps made, with the lines of the script itself taken out: where nodeup is and what it must be, what is
/// exported, and what the machine is told.
/// </summary>
public sealed class Boot_scripts_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => Node_files_equal_kOps.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_all_that_they_say(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var golden = NodeFilesCase.Load(family, name);
        var request = golden.Requests().Last();
        request = request with { Hashes = request.Hashes.Concat(Nodeup(request.Release)).DistinctBy(file => file.Key).ToDictionary() };
        var made = BootScripts.Of(request, NodeConfigs.Of(request)).Values.Select(BootScriptText.Said).ToHashSet();

        Assert.All(golden.BootScripts(), script => Assert.Contains(BootScriptText.Said(script), made));
    }

    // Where kOps itself made the cases, the hash of nodeup is that of its address.
    private static IEnumerable<KeyValuePair<string, string>> Nodeup(string release) =>
        from architecture in new[] { "amd64", "arm64" }
        let address = $"https://artifacts.k8s.io/binaries/kops/{release}/linux/{architecture}/nodeup"
        select KeyValuePair.Create(address, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));
}
