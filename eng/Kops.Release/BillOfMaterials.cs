using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kops.Release;

/// <summary>What the program is made of, from its lock file. Source: CycloneDX 1.6, JSON.</summary>
internal static class BillOfMaterials
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string path, string version, string lockFile, DateTimeOffset time)
    {
        var frameworks = JsonNode.Parse(File.ReadAllText(lockFile))!["dependencies"]!.AsObject();
        var components = frameworks
            .SelectMany(framework => framework.Value!.AsObject())
            .Where(package => package.Value!["contentHash"] is not null)
            .DistinctBy(package => package.Key)
            .OrderBy(package => package.Key, StringComparer.Ordinal)
            .Select(package => Component(package.Key, package.Value!.AsObject()));
        var document = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["timestamp"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["name"] = "kops",
                    ["version"] = version,
                    ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "Apache-2.0" } }),
                },
            },
            ["components"] = new JsonArray([.. components]),
        };
        File.WriteAllText(path, document.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Component(string name, JsonObject package)
    {
        var version = (string)package["resolved"]!;
        return new JsonObject
        {
            ["type"] = "library",
            ["name"] = name,
            ["version"] = version,
            ["purl"] = $"pkg:nuget/{name}@{version}",
            ["hashes"] = new JsonArray(
                new JsonObject
                {
                    ["alg"] = "SHA-512",
                    ["content"] = Convert.ToHexStringLower(Convert.FromBase64String((string)package["contentHash"]!)),
                }
            ),
        };
    }
}
