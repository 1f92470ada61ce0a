using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Operations.Validation;
using Kops.StateStore.Changes.Deletion;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete cluster</c>: takes a cluster's whole state away.</summary>
internal static class DeleteClusterCommand
{
    public static CommandSpec Spec { get; } =
        new("delete cluster", "Delete a cluster's state")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Without --yes it shows what would be deleted. Cloud resources are not deleted: for a cluster that kOps deployed,\n"
                + "--unregister says that they are gone, or stay.",
            Examples =
            [
                ("See what would go", "kops delete cluster demo.example.com"),
                ("Delete it", "kops delete cluster demo.example.com --yes"),
            ],
            Flags =
            [
                DeleteCommand.Yes,
                Flag.Switch("unregister", "Delete the state alone, whatever is still there in the cloud"),
                .. Flag.NotYet(LaterCommands.WithKops, "count external? interval region wait"),
            ],
            Run = RunAsync,
        };

    /// <summary>Shows what would be deleted, and with <c>--yes</c> deletes it.</summary>
    public static async Task DeleteAsync(Invocation run, ClusterState state, bool isUnregister, CancellationToken cancellationToken)
    {
        if (!isUnregister && await state.IsDeployedAsync(cancellationToken))
        {
            throw CommandException.Failed(
                $"cluster \"{state.Name}\" was deployed, and this program does not delete cloud resources yet. Delete those with kOps, "
                    + $"or use --unregister to delete the state alone"
            );
        }

        var changes = await ClusterDeletion.PlanAsync(state, run.Title, cancellationToken);
        if (!run.Flags.IsOn("yes"))
        {
            ChangeText.Write(run, changes);
            run.Out.WriteLine("\nMust specify --yes to delete the cluster's state");
            return;
        }

        await run.ApplyAsync(changes, cancellationToken);
        run.Out.WriteLine($"Deleted cluster: \"{state.Name}\"");
    }

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.ReadClusterToChangeAsync(ClusterNames.Find(run, usesContext: false), cancellationToken);
        await DeleteAsync(run, state, run.Flags.IsOn("unregister"), cancellationToken);
        return ExitCode.Done;
    }
}
