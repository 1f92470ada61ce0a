using Kops.Api;
using Kops.Api.Diff;
using Kops.Api.Paths;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops edit cluster</c></summary>
internal static class EditClusterCommand
{
    public static CommandSpec Spec { get; } = new("edit cluster", "Change a cluster")
    {
        Arguments = "[CLUSTER]",
        MaxArguments = 1,
        Values = ValueSource.Cluster,
        Description = "Opens the cluster in the editor that KOPS_EDITOR or EDITOR names, or sets fields at once. It changes what is stored;\n'kops update cluster' applies that.",
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
        if (run.Flags.Has("set") || run.Flags.Has("unset"))
        {
            var changed = state.Cluster.Copy();
            FieldSetter.Apply(changed.Node, changed.Type, run.Flags.List("unset"), run.Flags.List("set"));
            await SaveAsync(run, state, changed, cancellationToken);
            return ExitCode.Done;
        }

        var session = new EditSession(run, $"cluster {state.Name}");
        await session.EditAsync(
            state.Cluster.File.Text,
            async (text, token) => await SaveAsync(run, state, ObjectFile.One<Cluster>(run, text, $"cluster {state.Name}"), token),
            cancellationToken);
        return ExitCode.Done;
    }

    private static async Task SaveAsync(Invocation run, ClusterState state, Cluster changed, CancellationToken cancellationToken)
    {
        await Validity.CheckAsync(run, state, changed, [.. state.InstanceGroups.Select(group => group.Value)], cancellationToken);
        var changes = run.Change(state).ReplaceCluster(state.Cluster, changed).Build();
        if (await run.ApplyAsync(changes, cancellationToken)) ChangeText.Write(run, FieldDiff.Compare(state.Cluster.Value.Node, changed.Node));
        else run.Out.WriteLine("No changes were made.");
    }
}
