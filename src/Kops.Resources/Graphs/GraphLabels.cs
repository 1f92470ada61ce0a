using System.Globalization;

namespace Kops.Resources.Graphs;

/// <summary>What stands in the boxes.</summary>
internal static class GraphLabels
{
    private const int Longest = 28;

    private static readonly string[] Prefixes = ["aws_", "azurerm_", "google_compute_", "google_", "hcloud_"];

    /// <summary>What it is, and how many: <c>route ×2</c>.</summary>
    public static string Kind(GraphNode node)
    {
        var name = node.Kind.Name;
        if (Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } provider)
            name = name[provider.Length..];
        var count = node.Names.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" ×{node.Names.Count}") : string.Empty;
        return name.Replace('_', ' ') + count;
    }

    /// <summary>Its name among those of the cluster, cut where it is long; empty for what is one of its kind, and for several.</summary>
    public static string Name(GraphNode node, string cluster)
    {
        if (node.Names.Count > 1)
            return string.Empty;
        var name = node.Names[0];
        foreach (var own in new[] { cluster, cluster.Replace('.', '-') })
        {
            if (name == own)
                return string.Empty;
            foreach (var separator in ".-")
                name = name.Replace(separator + own, string.Empty, StringComparison.Ordinal);
        }

        return name.Length > Longest ? string.Concat(name.AsSpan(0, Longest - 1), "…") : name;
    }
}
