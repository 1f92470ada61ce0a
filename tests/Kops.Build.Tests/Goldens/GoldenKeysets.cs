using System.Text;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Build.Input;
using Kops.Model.Tests.Goldens;

namespace Kops.Build.Tests.Goldens;

/// <summary>The keysets that lie in the store before kOps updates a golden case.</summary>
internal static class GoldenKeysets
{
    public static string Folder => Path.Combine(GoldenCases.Shared, "fixtures", "update_cluster-pki", "pki");

    public static IReadOnlyDictionary<string, KeysetFact> Load() =>
        Directory
            .GetFiles(Folder, "keyset.yaml", SearchOption.AllDirectories)
            .Select(Read)
            .ToDictionary(keyset => keyset.Name, StringComparer.Ordinal);

    private static KeysetFact Read(string file)
    {
        var spec = (MappingNode)((MappingNode)YamlReader.Read(File.ReadAllBytes(file), file).Single().Root)["spec"];
        return new(
            Path.GetFileName(Path.GetDirectoryName(file)!),
            spec["primaryId"].ToString()!,
            [
                .. ((SequenceNode)spec["keys"])
                    .OfType<MappingNode>()
                    .Select(key => Encoding.UTF8.GetString(Convert.FromBase64String(key["publicMaterial"].ToString()!))),
            ]
        );
    }
}
