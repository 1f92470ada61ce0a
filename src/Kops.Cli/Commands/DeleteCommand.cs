using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Planning;

namespace Kops.Cli.Commands;

/// <summary><c>kops delete</c> and what stands below it.</summary>
internal static class DeleteCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } =
    [
        new("delete", "Delete clusters, instance groups and secrets, by name or by what files hold")
        {
            Examples = [("What a file names", "kops delete -f demo.yaml --yes")],
            Flags = [InputFlags.Filename, PlanFlags.Yes, PlanFlags.Unregister],
            Run = RunAsync,
        },
        DeleteClusterCommand.Spec,
        new("delete instance", "Delete a machine") { Instead = LaterCommands.WithKops, MaxArguments = int.MaxValue },
        DeleteInstanceGroupCommand.Spec,
        DeleteSecretCommand.Spec,
        DeleteSshPublicKeyCommand.Spec,
    ];

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        foreach (var objects in await InputObjects.ReadAsync(run, cancellationToken))
        {
            // With the cluster, everything of it goes.
            var state = await run.Session.ReadClusterToChangeAsync(objects.ClusterName, cancellationToken);
            if (objects.Cluster is not null)
                await DeleteClusterCommand.DeleteAsync(run, state, cancellationToken);
            else
                await DeleteInstanceGroupCommand.DeleteAsync(
                    run,
                    state,
                    [.. objects.InstanceGroups.Select(group => group.Metadata.Name ?? string.Empty)],
                    cancellationToken
                );
        }

        return ExitCode.Done;
    }
}
