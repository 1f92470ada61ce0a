using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.Objects;

namespace Kops.Cli.Commands;

/// <summary><c>kops get all</c>: a cluster, its groups and its additional objects.</summary>
internal static class GetAllCommand
{
    public static CommandSpec Spec { get; } =
        new("get all", "Show a cluster with its instance groups and additional objects")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Examples =
            [
                ("Tables", "kops get all demo.example.com"),
                (
                    "Everything that people edit, as a file for 'kops create -f' or 'kops replace -f'",
                    "kops get all demo.example.com -o yaml > demo.yaml"
                ),
            ],
            Run = RunAsync,
        };

    public static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var state = await run.Session.ReadClusterAsync(ClusterNames.Find(run), cancellationToken);
        await run.Session.TellIfMovedAsync(state.Name, cancellationToken);
        var additional = await AdditionalObjects.ReadAsync(state, cancellationToken);
        var (cluster, groups) = (state.Cluster.Value, state.LabelledInstanceGroups());
        if (groups.Count == 0)
            run.Error.WriteLine("No instance groups found");
        if (format is not OutputFormat.Table)
        {
            ObjectOutput.Write(run.Out, format, [cluster, .. groups], additional);
        }
        else
        {
            run.Out.WriteLine("Cluster");
            ClusterTables.WriteClusters(run.Host.Console, [cluster]);
            run.Out.WriteLine("\nInstance Groups");
            ClusterTables.WriteInstanceGroups(run.Host.Console, cluster, groups);
            if (additional.Count > 0)
            {
                run.Out.WriteLine("\nAddon Objects");
                ClusterTables.WriteAdditionalObjects(run.Host.Console, additional);
            }
        }

        return state.Unreadable.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
