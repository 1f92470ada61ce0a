using Kops.Api;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Settings;

namespace Kops.Cli.Commands;

/// <summary><c>kops edit cluster</c></summary>
internal static class EditClusterCommand
{
    public static CommandSpec Spec { get; } =
        new("edit cluster", "Change a cluster")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Opens the cluster in the editor that KOPS_EDITOR or EDITOR names, or sets fields at once. It changes what is stored;\n"
                + "'kops update cluster' applies that.",
            Examples =
            [
                ("In an editor", "kops edit cluster demo.example.com"),
                ("Without", "kops edit cluster demo.example.com --set spec.kubernetesVersion=1.36.3 --unset spec.sshKeyName"),
            ],
            Flags = [EditCommand.Set, EditCommand.Unset, Replacing.AllowUnknownFlag],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.ReadClusterAsync(ClusterNames.Find(run), cancellationToken);
        var groups = state.InstanceGroups.Select(group => group.Value).ToList();
        return await new ObjectEdit<Cluster>(
            run,
            state.Cluster,
            $"cluster {state.Name}",
            async (changed, token) =>
            {
                await Validity.CheckAsync(run, state, changed, groups, token);
                return run.Change(state).ReplaceCluster(state.Cluster, changed).Build();
            }
        ).RunAsync(cancellationToken);
    }
}
