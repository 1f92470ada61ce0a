using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Model.Tests.Goldens;

namespace Kops.Operations.Tests.Goldens;

/// <summary>What <c>get assets</c> shows, for the cases for which kOps' list lies there.</summary>
public sealed class Assets_equal_kOps
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        UserCase
            .All.Where(one => File.Exists(ListOf(one)))
            .DefaultIfEmpty(new UserCase(string.Empty, string.Empty, string.Empty))
            .Select(one => new TheoryDataRow<string, string, string>(one.Family, one.Name, one.File)
            {
                TestDisplayName = $"assets {one.Family} {one.Name}",
            });

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task In_every_image_and_file(string family, string name, string file)
    {
        Assert.SkipWhen(name.Length == 0, $"no golden cases in {GoldenCases.Root}");
        var one = new UserCase(family, name, file);
        var expected = (MappingNode)YamlReader.Read(await File.ReadAllBytesAsync(ListOf(one)), "assets").Single().Root;

        var assets = await one.AssetsAsync();

        Assert.Equal(Rows(expected, "images"), assets.Images.Select(image => $"{image.Canonical} {image.Download}"));
        Assert.Equal(Rows(expected, "files"), assets.Files.Select(asset => $"{asset.Canonical} {asset.Download} {asset.Sha256}"));
        Assert.Empty(assets.UnknownAddons);
    }

    private static IEnumerable<string> Rows(MappingNode list, string field) =>
        ((SequenceNode)list[field]).OfType<MappingNode>().Select(row => string.Join(' ', row.Select(member => member.Value.ToString())));

    private static string ListOf(UserCase one) => one.Name.Length == 0 ? string.Empty : Path.Combine(one.Folder, "assets.yaml");
}
