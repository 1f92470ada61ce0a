using Kops.Cli.CommandLine;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.InstanceGroups;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete instancegroup</c></summary>
internal static class DeleteInstanceGroupCommand
{
    private static readonly PlannedCommand<Deletion> Planned = new()
    {
        Plan = async (run, cancellationToken) =>
            await PlanAsync(
                run,
                await run.Session.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken),
                run.Arguments,
                cancellationToken
            ),
        Show = static (run, deletion) =>
        {
            foreach (var name in deletion.Names)
                run.Out.WriteLine($"InstanceGroup \"{name}\" found for deletion");
        },
        Report = static (run, deletion) => ChangeNodes.Of(run, deletion.Changes),
        Ask = "\nMust specify --yes to delete instancegroup",
        Apply = static async (run, deletion, cancellationToken) =>
        {
            await run.Session.ApplyAsync(deletion.Changes, cancellationToken);
            foreach (var name in deletion.Names)
                run.Say($"\nDeleted InstanceGroup: \"{name}\"");
        },
    };

    public static CommandSpec Spec { get; } =
        new("delete instancegroup", "Delete an instance group")
        {
            Aliases = ["instancegroups", "ig"],
            Arguments = "INSTANCE_GROUP",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.InstanceGroup,
            Examples = [("Delete a group", "kops delete ig nodes-us-east-1b --name demo.example.com --yes")],
            Description = "Machines are not deleted: for a cluster that was updated, --unregister says that they are gone, or stay.",
            Flags = [PlanFlags.Yes, PlanFlags.Unregister, OutputFlag.TableOrJson],
            Run = Planned.RunAsync,
        };

    /// <summary>Shows what would be deleted, and with <c>--yes</c> deletes it.</summary>
    public static async Task<int> DeleteAsync(
        Invocation run,
        ClusterState state,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) => await Planned.RunAsync(run, await PlanAsync(run, state, names, cancellationToken), cancellationToken);

    private static async Task<Deletion> PlanAsync(
        Invocation run,
        ClusterState state,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) => new(names, await DeleteInstanceGroups.PlanAsync(run.Session, state, names, run.Get(PlanFlags.Unregister), cancellationToken));

    private sealed record Deletion(IReadOnlyList<string> Names, ChangeSet Changes);
}
