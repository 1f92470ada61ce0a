using Kops.Api;
using Kops.Api.Documents;
using Kops.Cli.Hosting;

namespace Kops.Cli.Output;

/// <summary>The tables of clusters, instance groups and additional objects.</summary>
internal static class ClusterTables
{
    // Older specs of clusters on bare machines say their cloud in a label.
    private const string CloudLabel = "alpha.kops.k8s.io/cloud";

    public static void WriteClusters(KopsConsole console, IEnumerable<Cluster> clusters) => WriteClusters(console, clusters.Select(Row));

    /// <summary>Writes rows that were made of clusters.</summary>
    public static void WriteClusters(KopsConsole console, IEnumerable<string[]> rows) =>
        TextTable.Write(console, ["NAME", "CLOUD", "ZONES"], rows);

    /// <summary>A cluster's row.</summary>
    public static string[] Row(Cluster cluster) => [cluster.Metadata.Name ?? string.Empty, Cloud(cluster), Zones(cluster)];

    public static void WriteInstanceGroups(KopsConsole console, Cluster cluster, IEnumerable<InstanceGroup> groups) =>
        TextTable.Write(
            console,
            ["NAME", "ROLE", "MACHINETYPE", "MIN", "MAX", "ZONES"],
            groups.Select(group =>
                new[]
                {
                    group.Metadata.Name ?? string.Empty,
                    Role(group.Spec.Role),
                    group.Spec.MachineType ?? string.Empty,
                    Size(group.Spec.MinSize),
                    Size(group.Spec.MaxSize),
                    Zones(cluster, group),
                }
            )
        );

    public static void WriteAdditionalObjects(KopsConsole console, IEnumerable<MappingNode> documents) =>
        TextTable.Write(
            console,
            ["NAME", "KIND"],
            documents.Select(document => new[] { Text((document["metadata"] as MappingNode)?["name"]), Text(document["kind"]) })
        );

    private static string Cloud(Cluster cluster) =>
        cluster.Spec.CloudProvider ?? (cluster.Metadata.Labels.TryGetValue(CloudLabel, out var cloud) ? cloud : string.Empty);

    private static string Zones(Cluster cluster) => Join(cluster.Spec.Subnets.Select(subnet => subnet.Zone));

    private static string Zones(Cluster cluster, InstanceGroup group) =>
        group.Spec.Zones.Count > 0
            ? Join(group.Spec.Zones)
            : Join(group.Spec.Subnets.Select(name => cluster.Spec.Subnets.FirstOrDefault(subnet => subnet.Name == name)?.Zone));

    private static string Join(IEnumerable<string?> zones) =>
        string.Join(',', zones.Where(zone => !string.IsNullOrEmpty(zone)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    // The stored version still calls the control plane by its old name.
    private static string Role(string? role) => role == "Master" ? "ControlPlane" : role ?? string.Empty;

    private static string Size(long? size) => size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    private static string Text(Node? node) => (node as ScalarNode)?.Text ?? string.Empty;
}
