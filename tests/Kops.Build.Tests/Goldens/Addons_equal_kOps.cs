using System.Text;
using Kops.Api.Yaml;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>The manifests of addons, made from kOps' templates, and the list of them: to the byte.</summary>
public sealed class Addons_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases => Node_files_equal_kOps.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Manifests_and_their_list_are_made_to_the_byte(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        Assert.SkipUnless(Directory.Exists(GoldenSource.Folder), $"no source of kOps in {GoldenSource.Folder}");
        var golden = NodeFilesCase.Load(family, name);
        var source = GoldenSource.Load();
        var expected = golden.Addons();
        expected["bootstrap-channel.yaml"] = Encoding.UTF8.GetBytes(golden.Expected()["addons/bootstrap-channel.yaml"]);

        foreach (var request in golden.Requests())
        {
            var files = ClusterFiles.Of(request with { AddonSource = source, Addons = Nothing }).Files;
            var made = files
                .Where(file => file.Role is FileRole.AddonManifest or FileRole.BootstrapChannel)
                .ToDictionary(file => file.Role == FileRole.BootstrapChannel ? "bootstrap-channel.yaml" : file.Name, file => file.Content);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), made.Keys.Order(StringComparer.Ordinal));
            Assert.All(
                expected.OrderBy(pair => pair.Key == "bootstrap-channel.yaml"),
                pair => Assert.Equal(Text(pair.Value), Text(made[pair.Key]))
            );
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Manifests_that_are_read_are_written_as_they_were(string family, string name)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        foreach (var (manifest, body) in NodeFilesCase.Load(family, name).Addons())
        {
            var objects = YamlReader.Read(body, manifest).Select(document => YamlWriter.Write(document.Root));
            Assert.Equal(Text(body), string.Join("\n---\n\n", objects).Trim());
        }
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Nothing => [];

    private static string Text(ReadOnlyMemory<byte> content) => GoldenCases.Normal(Encoding.UTF8.GetString(content.Span));
}
