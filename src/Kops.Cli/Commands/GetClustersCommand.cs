using Kops.Api;
using Kops.Api.Validation;
using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Operations.Clusters;
using Kops.StateStore.Files;

namespace Kops.Cli.Commands;

/// <summary><c>kops get clusters</c></summary>
internal static class GetClustersCommand
{
    private static readonly Flag<bool> Full = Flag.Switch(
        "full",
        "Show the completed spec, with everything that 'kops update cluster' filled in"
    );

    public static CommandSpec Spec { get; } =
        new("get clusters", "Show clusters")
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
            Flags = [Full],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (format, isFull) = (run.OutputFormat(), run.Get(Full));
        if (isFull)
            run.Error.WriteLine("Note: a completed spec is for reading; edit and create clusters from 'kops get cluster -o yaml'.");
        var names = Names(run);
        await run.Session.TellPendingAsync(cancellationToken);
        if (names.Count > 0)
        {
            var named = new List<Cluster>();
            foreach (var name in names)
            {
                named.Add(await OneAsync(run, name, isFull, cancellationToken));
                await run.Session.TellIfMovedAsync(name, cancellationToken);
            }

            Write(run, format, named, isSingle: names.Count == 1);
            return ExitCode.Done;
        }

        if (format is OutputFormat.Table && !isFull)
        {
            // A row is all that is kept of each: thousands of clusters must not stand in memory for their names.
            var rows = await run.State.ListAsync(cluster => ClusterTables.Row(cluster.Value), cancellationToken);
            if (rows.Clusters.Count > 0)
                ClusterTables.WriteClusters(run.Host.Console, rows.Clusters);
            await run.Session.TellMovedAsync(cancellationToken);
            return Report(run, rows.Clusters.Count, rows.Unreadable);
        }

        var listing = await run.State.ListAsync(cluster => cluster.Value, cancellationToken);
        var clusters = new List<Cluster>(listing.Clusters);
        if (isFull)
            clusters =
            [
                .. await Task.WhenAll(clusters.Select(cluster => OneAsync(run, cluster.Metadata.Name!, isFull, cancellationToken))),
            ];
        if (clusters.Count > 0)
            Write(run, format, clusters, isSingle: false);
        return Report(run, clusters.Count, listing.Unreadable);
    }

    private static void Write(Invocation run, OutputFormat format, IReadOnlyList<Cluster> clusters, bool isSingle)
    {
        if (format is OutputFormat.Table)
            ClusterTables.WriteClusters(run.Host.Console, clusters);
        else
            ObjectOutput.Write(run.Out, format, clusters, [], isSingle);
    }

    private static int Report(Invocation run, int found, IReadOnlyList<UnreadableObject> unreadable)
    {
        foreach (var failure in unreadable)
            run.Error.WriteLine(PlainText.OfLines($"Error: cluster \"{failure.Name}\" cannot be read: {failure.Error.Message}"));
        if (unreadable.Count > 0)
            return ExitCode.Failed;
        return found > 0 ? ExitCode.Done : throw CommandException.NotFound($"no clusters found in {run.State.Root}{Hint(run)}");
    }

    private static IReadOnlyList<string> Names(Invocation run)
    {
        var flag = run.Get(GlobalFlags.Name);
        if (run.Arguments.Count > 0 && flag is { Length: > 0 })
            throw CommandException.Usage("clusters are named by --name and as arguments; leave one out");
        var names =
            run.Arguments.Count > 0 ? run.Arguments
            : (flag ?? run.Host.Variable("KOPS_CLUSTER_NAME")) is { Length: > 0 } one ? [one]
            : [];
        return [.. names.Select(name => run.Session.CheckName(name))];
    }

    private static async Task<Cluster> OneAsync(Invocation run, string name, bool isFull, CancellationToken cancellationToken)
    {
        var state = await run.Session.GetClusterAsync(name, cancellationToken);
        return isFull ? await CompletedSpec.ReadAsync(state, cancellationToken) : state.Cluster.Value;
    }

    private static string Hint(Invocation run) =>
        !run.IsDefaultStore && run.State.Root.ToString() is ['/', ..] path && !Directory.Exists(path)
            ? " (there is no such directory)"
            : "; 'kops create cluster' makes one";
}
