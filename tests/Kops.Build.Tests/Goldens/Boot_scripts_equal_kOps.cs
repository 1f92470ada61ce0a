using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kops.Build.Boot;
using Kops.Build.Nodes;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>
/// Every boot script that kOps made, with the lines of the script itself taken out: where nodeup is and what it must be, what is
/// exported, and what the machine is told.
/// </summary>
public sealed partial class Boot_scripts_equal_kOps
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
        var made = BootScripts.Of(request, NodeConfigs.Of(request)).Values.Select(Said).ToHashSet();

        Assert.All(golden.BootScripts(), script => Assert.Contains(Said(script), made));
    }

    // Where kOps itself made the cases, the hash of nodeup is that of its address.
    private static IEnumerable<KeyValuePair<string, string>> Nodeup(string release) =>
        from architecture in new[] { "amd64", "arm64" }
        let address = $"https://artifacts.k8s.io/binaries/kops/{release}/linux/{architecture}/nodeup"
        select KeyValuePair.Create(address, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));

    // The here-document stands for itself, whatever line it is written by.
    private static string Said(string script) =>
        string.Join('\n', Fact().Matches(script).Select(match => match.Value)) + "\n" + Told().Match(script).Groups["told"].Value.Trim();

    [GeneratedRegex("^(NODEUP_(URL|HASH)_[A-Z0-9]+=|export ).*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Fact();

    [GeneratedRegex("<< '__EOF_KUBE_ENV'\\n(?<told>.*?)\\n__EOF_KUBE_ENV", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Told();
}
