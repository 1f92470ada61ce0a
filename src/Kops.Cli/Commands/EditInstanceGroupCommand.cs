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

/// <summary><c>kops edit instancegroup</c></summary>
internal static class EditInstanceGroupCommand
{
    public static CommandSpec Spec { get; } = new("edit instancegroup", "Change an instance group")
    {
        Aliases = ["instancegroups", "ig"],
        Arguments = "INSTANCE_GROUP",
        MinArguments = 1,
        MaxArguments = 1,
        Values = ValueSource.InstanceGroup,
        Examples =
        [
            ("In an editor", "kops edit ig nodes-us-east-1a --name demo.example.com"),
            ("Without", "kops edit ig nodes-us-east-1a --name demo.example.com --set spec.maxSize=5"),
        ],
        Flags = [EditCommand.Set, EditCommand.Unset, Replacing.AllowUnknownFlag],
        Run = RunAsync,
    };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
        var stored = state.InstanceGroupNamed(run.Arguments[0]);
        if (run.Flags.Has("set") || run.Flags.Has("unset"))
        {
            var changed = stored.Copy();
            FieldSetter.Apply(changed.Node, changed.Type, run.Flags.List("unset"), run.Flags.List("set"));
            await SaveAsync(run, state, stored, changed, cancellationToken);
            return ExitCode.Done;
        }

        var session = new EditSession(run, $"instance group {stored.Name} of cluster {state.Name}");
        await session.EditAsync(
            stored.File.Text,
            async (text, token) => await SaveAsync(run, state, stored, ObjectFile.One<InstanceGroup>(run, text, $"instance group {stored.Name}"), token),
            cancellationToken);
        return ExitCode.Done;
    }

    private static async Task SaveAsync(
        Invocation run, ClusterState state, StoredObject<InstanceGroup> stored, InstanceGroup changed, CancellationToken cancellationToken)
    {
        Validity.Check(changed, state.Cluster.Value);
        var changes = run.Change(state).ReplaceInstanceGroup(stored, changed).Build();
        if (await run.ApplyAsync(changes, cancellationToken)) ChangeText.Write(run, FieldDiff.Compare(stored.Value.Node, changed.Node));
        else run.Out.WriteLine("No changes were made.");
    }
}
