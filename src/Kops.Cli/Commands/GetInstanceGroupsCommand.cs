using Kops.Api;
using Kops.Api.Schema;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.Objects;

namespace Kops.Cli.Commands;

/// <summary><c>kops get instancegroups</c></summary>
internal static class GetInstanceGroupsCommand
{
    public static CommandSpec Spec { get; } =
        new("get instancegroups", "Show the instance groups of a cluster")
        {
            Aliases = ["instancegroup", "ig", "igs"],
            Arguments = "[INSTANCE_GROUP]...",
            MaxArguments = int.MaxValue,
            Values = ValueSource.InstanceGroup,
            Examples =
            [
                ("All groups of a cluster", "kops get ig --name demo.example.com"),
                ("One group, as it is stored", "kops get ig --name demo.example.com nodes-us-east-1a -o yaml"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = run.OutputFormat();
        var state = await run.Session.ReadClusterAsync(ClusterNames.FindBeside(run), cancellationToken);
        await run.Session.TellIfMovedAsync(state.Name, cancellationToken);
        var all = state.LabelledInstanceGroups();
        IReadOnlyList<InstanceGroup> groups =
            run.Arguments.Count == 0
                ? all
                :
                [
                    .. run.Arguments.Select(name =>
                        all.FirstOrDefault(group => group.Metadata.Name == name)
                        ?? throw CommandException.NotFound(
                            $"instance group \"{name}\" not found in cluster "
                                + $"\"{state.Name}\"{Suggest.Hint(name, all.Select(group => group.Metadata.Name!))}"
                        )
                    ),
                ];
        if (groups.Count == 0)
            throw CommandException.NotFound($"cluster \"{state.Name}\" has no instance groups; 'kops create instancegroup' makes one");
        if (format is OutputFormat.Table)
            ClusterTables.WriteInstanceGroups(run.Host.Console, state.Cluster.Value, groups);
        else
            ObjectOutput.Write(run.Out, format, groups, [], isSingle: run.Arguments.Count == 1);
        return state.Unreadable.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
