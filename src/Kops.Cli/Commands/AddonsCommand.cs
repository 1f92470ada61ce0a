using System.Globalization;
using Kops.Api.Documents;
using Kops.Api.Values;
using Kops.Build.Addons;
using Kops.Cli.Addons;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.Addons;
using Kops.Operations.Clusters;
using Kops.Operations.Updates;

namespace Kops.Cli.Commands;

/// <summary><c>kops addons</c>: which addons a cluster has, and where the manifest of each comes from.</summary>
internal static class AddonsCommand
{
    public static CommandSpec Spec { get; } =
        new("addons", "List the addons of a cluster, and where the manifest of each comes from")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "FROM says where 'kops update cluster' takes the manifest: the source of kOps that is named, the store, the cluster's\n"
                + "own spec and objects, or that it is missing. STORE says whether it lies in the store as it would be written. See\n"
                + "docs/addons.md.",
            Examples =
            [
                ("Which manifests are there", "kops addons demo.example.com"),
                ("What a source of kOps would make", "kops addons demo.example.com --addons-source ~/kops-1.37.0.tar.gz"),
            ],
            Flags = [OutputFlag.Flag, .. AddonFlags.OfSource],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var state = await run.Session.ReadClusterAsync(ClusterNames.Find(run), cancellationToken);
        var options = await AddonFlags.AddToAsync(run, new(), cancellationToken);
        var (addons, update) = await ListAddons.ReadAsync(run.Session, state, options, cancellationToken);
        if (format is OutputFormat.Table)
            WriteTable(run, addons, update.Source);
        else
            run.Out.Write(
                format is OutputFormat.Yaml
                    ? NodeText.ToYaml(ToNode(addons, update.Source))
                    : NodeText.ToJson(ToNode(addons, update.Source))
            );
        if (update.Gap is { } gap)
            run.Error.WriteLine(PlainText.Of($"Note: without {gap}; --addons-source names one"));
        return ExitCode.Done;
    }

    private static void WriteTable(Invocation run, IReadOnlyList<ListedAddon> addons, UserSource? source)
    {
        TextTable.WriteInOrder(
            run.Host.Console,
            ["NAME", "FROM", "KOPS", "SIZE", "SHA256", "STORE"],
            addons.Select(row =>
                IsMissing(row)
                    ? new[] { row.Addon.Name, From(row), string.Empty, string.Empty, string.Empty, string.Empty }
                    : [row.Addon.Name, From(row), row.KopsVersion ?? string.Empty, Size(row), row.Addon.Sha256[..12], InStore(row)]
            )
        );
        if (source is not null)
            run.Out.WriteLine($"\nSource: {source.Name}, SHA-256 {source.Sha256}");
    }

    private static MappingNode ToNode(IReadOnlyList<ListedAddon> addons, UserSource? source)
    {
        var root = new MappingNode();
        if (source is not null)
        {
            var named = new MappingNode { ["name"] = ScalarNode.Of(source.Name), ["sha256"] = ScalarNode.Of(source.Sha256) };
            if (source.Version is { } version)
                named["kopsVersion"] = ScalarNode.Of(version);
            root["source"] = named;
        }

        var list = new SequenceNode();
        foreach (var row in addons)
            list.Add(ToNode(row));
        root["addons"] = list;
        return root;
    }

    private static MappingNode ToNode(ListedAddon row)
    {
        var node = new MappingNode
        {
            ["name"] = ScalarNode.Of(row.Addon.Name),
            ["manifest"] = ScalarNode.Of(row.Addon.Manifest),
            ["from"] = ScalarNode.Of(From(row)),
        };
        if (IsMissing(row))
            return node;
        if (row.KopsVersion is { } version)
            node["kopsVersion"] = ScalarNode.Of(version);
        node["bytes"] = ScalarNode.Of((long)row.Addon.Body.Length);
        node["sha256"] = ScalarNode.Of(row.Addon.Sha256);
        node["store"] = ScalarNode.Of(InStore(row));
        return node;
    }

    private static bool IsMissing(ListedAddon row) => row.Addon.Origin == AddonOrigin.Missing;

    private static string From(ListedAddon row) =>
        row.Addon.Origin switch
        {
            AddonOrigin.Source => "source",
            AddonOrigin.Store => "store",
            AddonOrigin.Cluster => "cluster",
            _ => "missing",
        };

    private static string InStore(ListedAddon row) =>
        row.InStore switch
        {
            StoredAddon.Same => "same",
            StoredAddon.Other => "changes",
            _ => "new",
        };

    private static string Size(ListedAddon row) => row.Addon.Body.Length.ToString(CultureInfo.InvariantCulture);
}
