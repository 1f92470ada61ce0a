namespace Kops.Model.Clouds;

/// <summary>The cloud facts inside this program: regions and zones.</summary>
public static class CloudSnapshot
{
    /// <summary>Reads the snapshot.</summary>
    public static CloudFacts Load()
    {
        var clouds = Resources
            .Text("clouds/zones.txt")
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .GroupBy(words => words[0]);
        return new(
            clouds.ToDictionary(cloud => cloud.Key, cloud => new ProviderFacts { Regions = cloud.ToDictionary(words => words[1], Zones) })
        );
    }

    private static IReadOnlyList<string> Zones(string[] words) =>
        words.Length == 2 ? [words[1]] : [.. words.Skip(2).Select(ending => words[1] + ending)];
}
