using Kops.Cli.CommandLine;
using Kops.Cli.Input;
using Kops.Cli.Kubeconfigs;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Clusters;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete cluster</c>: takes a cluster's whole state away.</summary>
internal static class DeleteClusterCommand
{
    private static readonly PlannedCommand<ChangeSet> Planned = new()
    {
        Plan = static async (run, cancellationToken) =>
            await DeleteCluster.PlanAsync(
                run.Session,
                await run.Session.ReadClusterToChangeAsync(ClusterNames.Find(run, usesContext: false), cancellationToken),
                run.Get(PlanFlags.Unregister),
                cancellationToken
            ),
        Show = static (run, changes) =>
        {
            if (!run.IsAgreed())
                ChangeText.Write(run, changes);
        },
        Report = ChangeNodes.Of,
        Ask = "\nMust specify --yes to delete the cluster's state",
        Apply = static async (run, changes, cancellationToken) =>
        {
            await run.Session.ApplyAsync(changes, cancellationToken);
            await KubeconfigRemoval.RunAsync(run, changes.Cluster, cancellationToken);
            run.Say($"Deleted cluster: \"{changes.Cluster}\"");
        },
    };

    public static CommandSpec Spec { get; } =
        new("delete cluster", "Delete a cluster's state")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Without --yes it shows what would be deleted. Cloud resources are not deleted: for a cluster that was updated,\n"
                + "--unregister says that they are gone, or stay.",
            Examples =
            [
                ("See what would go", "kops delete cluster demo.example.com"),
                ("Delete it", "kops delete cluster demo.example.com --yes"),
            ],
            Flags =
            [
                PlanFlags.Yes,
                PlanFlags.Unregister,
                OutputFlag.TableOrJson,
                .. Flag.NotYet(LaterCommands.WithKops, "count external? interval region wait"),
            ],
            Run = Planned.RunAsync,
        };

    /// <summary>Shows what would be deleted, and with <c>--yes</c> deletes it.</summary>
    public static async Task DeleteAsync(Invocation run, ClusterState state, CancellationToken cancellationToken) =>
        await Planned.RunAsync(
            run,
            await DeleteCluster.PlanAsync(run.Session, state, run.Get(PlanFlags.Unregister), cancellationToken),
            cancellationToken
        );
}
