using Kops.Api;
using Kops.Api.Documents;
using Kops.Api.Yaml;
using Kops.Resources.Requests;

namespace Kops.Resources.Files;

/// <summary>Names the files that an update writes into the state store, as kOps names them when they are resources.</summary>
public static class ManagedFiles
{
    private const string Channel = "addons/bootstrap-channel.yaml";

    /// <summary>
    /// The files with their names. A file that has none is left out: keys, secrets, and what describes the cluster are no resources.
    /// </summary>
    /// <param name="cluster">The completed cluster.</param>
    /// <param name="files">The files of its store, by address: all that an update writes.</param>
    /// <exception cref="FormatException">The addons' channel is none.</exception>
    public static IReadOnlyList<ManagedFile> Named(Cluster cluster, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(files);
        var spec = cluster.Spec;
        var root =
            (spec.ConfigBase ?? throw new FormatException("spec.configBase is missing from the completed cluster")).TrimEnd('/') + "/";
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var etcd in spec.EtcdClusters)
            names[$"{etcd.Backups?.BackupStore?.TrimEnd('/')}/control/etcd-cluster-spec"] = $"etcd-cluster-spec-{etcd.Name}";
        if (spec.ServiceAccountIssuerDiscovery?.DiscoveryStore?.TrimEnd('/') is { Length: > 0 } discovery)
        {
            names[discovery + "/.well-known/openid-configuration"] = "discovery.json";
            names[discovery + "/openid/v1/jwks"] = "keys.json";
        }

        if (files.TryGetValue(root + Channel, out var channel))
        {
            foreach (var (path, name) in Addons(cluster, channel))
                names[$"{root}addons/{path}"] = name;
        }

        return
        [
            .. from file in files
            let name = names.GetValueOrDefault(file.Key)
                ?? (file.Key.StartsWith(root, StringComparison.Ordinal) ? Name(cluster, file.Key[root.Length..]) : null)
            where name is not null
            orderby file.Key
            select new ManagedFile(name, file.Key, file.Value),
        ];
    }

    private static string? Name(Cluster cluster, string path) =>
        path.Split('/') switch
        {
            [("cluster-completed.spec" or "kops-version.txt") and var file] => file,
            ["manifests", "etcd", var file] => $"manifests-etcdmanager-{Stem(file)}",
            ["manifests", var folder, var file] => $"manifests-{folder}-{Stem(file)}",
            ["igconfig", _, var group, "nodeupconfig.yaml"] => $"nodeupconfig-{group}",
            ["igconfig", _, var group, "nodeupscript.sh"] => $"nodeupscript-{group}",
            _ when path == Channel => $"{cluster.Metadata.Name}-addons-bootstrap",
            _ => null,
        };

    private static string Stem(string file) => file.EndsWith(".yaml", StringComparison.Ordinal) ? file[..^".yaml".Length] : file;

    private static IEnumerable<(string Path, string Name)> Addons(Cluster cluster, ReadOnlyMemory<byte> channel)
    {
        if (YamlReader.Read(channel, Channel) is not [{ Root: MappingNode document }, ..])
            throw new FormatException($"{Channel} is not a channel of addons");
        foreach (var addon in ((document["spec"] as MappingNode)?["addons"] as SequenceNode ?? []).OfType<MappingNode>())
        {
            if (addon["manifest"] is ScalarNode manifest && addon["name"] is ScalarNode name)
                yield return (
                    manifest.Text,
                    $"{cluster.Metadata.Name}-addons-{name.Text}{(addon["id"] is ScalarNode id ? "-" + id.Text : string.Empty)}"
                );
        }
    }
}
