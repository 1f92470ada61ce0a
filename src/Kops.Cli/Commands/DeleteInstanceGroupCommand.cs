using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Settings;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete instancegroup</c></summary>
internal static class DeleteInstanceGroupCommand
{
    public static CommandSpec Spec { get; } =
        new("delete instancegroup", "Delete an instance group")
        {
            Aliases = ["instancegroups", "ig"],
            Arguments = "INSTANCE_GROUP",
            MinArguments = 1,
            MaxArguments = 1,
            Values = ValueSource.InstanceGroup,
            Examples = [("Delete a group", "kops delete ig nodes-us-east-1b --name demo.example.com --yes")],
            Flags = [DeleteCommand.Yes],
            Run = async (run, cancellationToken) =>
            {
                var state = await run.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
                await DeleteAsync(run, state, run.Arguments, cancellationToken);
                return ExitCode.Done;
            },
        };

    /// <summary>Shows what would be deleted, and with <c>--yes</c> deletes it.</summary>
    public static async Task DeleteAsync(
        Invocation run,
        ClusterState state,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var planner = run.Change(state);
        foreach (var name in names)
            planner.DeleteInstanceGroup(state.InstanceGroupNamed(name));

        Validity.CheckRest(state, [.. state.InstanceGroups.Where(group => !names.Contains(group.Name)).Select(group => group.Value)]);
        foreach (var name in names)
            run.Out.WriteLine($"InstanceGroup \"{name}\" found for deletion");
        if (!run.Flags.IsOn("yes"))
        {
            run.Out.WriteLine("\nMust specify --yes to delete instancegroup");
            return;
        }

        await run.ApplyAsync(planner.Build(), cancellationToken);
        foreach (var name in names)
            run.Out.WriteLine($"\nDeleted InstanceGroup: \"{name}\"");
    }
}
