using Kops.Api;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops get clusters</c></summary>
internal static class GetClustersCommand
{
    public static CommandSpec Spec { get; } = new("get clusters", "Show clusters")
    {
        Aliases = ["cluster"],
        Arguments = "[CLUSTER]...",
        MaxArguments = int.MaxValue,
        Values = ValueSource.Cluster,
        Examples =
        [
            ("All clusters of the store", "kops get clusters"),
            ("One of them, as it is stored", "kops get cluster demo.example.com -o yaml"),
            ("With everything that 'kops update cluster' filled in", "kops get cluster demo.example.com --full -o yaml"),
        ],
        Flags = [Flag.Switch("full", "Show the completed spec, with everything that 'kops update cluster' filled in")],
        Run = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var names = Names(run);
        var (clusters, unreadable) = names.Count == 0 ? await ListAsync(run, cancellationToken) : (await NamedAsync(run, names, cancellationToken), []);
        foreach (var failure in unreadable) run.Error.WriteLine($"Error: cluster \"{failure.Name}\" cannot be read: {failure.Error.Message}");
        if (clusters.Count == 0 && unreadable.Count == 0) throw CommandException.NotFound($"no clusters found in {run.State.Root}{Hint(run)}");
        if (run.Flags.IsOn("full"))
        {
            clusters = await CompletedAsync(run, clusters, cancellationToken);
            run.Error.WriteLine("Note: a completed spec is for reading; edit and create clusters from 'kops get cluster -o yaml'.");
        }

        if (clusters.Count > 0 && format is OutputFormat.Table) ClusterTables.WriteClusters(run.Out, clusters);
        else if (clusters.Count > 0) ObjectOutput.Write(run.Out, format, clusters, [], isSingle: names.Count == 1);
        return unreadable.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static IReadOnlyList<string> Names(Invocation run)
    {
        var flag = run.Flags.Text("name");
        if (run.Arguments.Count > 0 && flag is { Length: > 0 }) throw CommandException.Usage("clusters are named by --name and as arguments; leave one out");
        var names = run.Arguments.Count > 0 ? run.Arguments : (flag ?? run.Host.Variable("KOPS_CLUSTER_NAME")) is { Length: > 0 } one ? [one] : [];
        return [.. names.Select(name => ClusterNames.Checked(run, name))];
    }

    private static async Task<(IReadOnlyList<Cluster>, IReadOnlyList<UnreadableObject>)> ListAsync(Invocation run, CancellationToken cancellationToken)
    {
        var listing = await run.State.ListAsync(cancellationToken);
        return ([.. listing.Clusters.Select(cluster => cluster.Value)], listing.Unreadable);
    }

    private static async Task<IReadOnlyList<Cluster>> NamedAsync(Invocation run, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new List<Cluster>();
        foreach (var name in names) found.Add((await run.ReadClusterAsync(name, cancellationToken)).Cluster.Value);
        return found;
    }

    private static async Task<IReadOnlyList<Cluster>> CompletedAsync(Invocation run, IReadOnlyList<Cluster> clusters, CancellationToken cancellationToken)
    {
        var completed = new List<Cluster>();
        foreach (var cluster in clusters)
        {
            var state = await run.ReadClusterAsync(cluster.Metadata.Name!, cancellationToken);
            var file = await StoredFile.ReadAsync(state.Layout.CompletedSpec, cancellationToken);
            if (!file.Exists) throw CommandException.NotFound($"cluster \"{state.Name}\" has no completed spec yet ({file.Path}): run 'kops update cluster {state.Name} --yes'");
            completed.Add(KopsCodec.DecodeStored<Cluster>(file.Bytes, file.Path.ToString()).Value);
        }

        return completed;
    }

    private static string Hint(Invocation run) =>
        run.State.Root.ToString() is ['/', ..] path && !Directory.Exists(path) ? " (there is no such directory)" : "; 'kops create cluster' makes one";
}
