using Kops.Api;
using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.InstanceGroups;

namespace Kops.Cli.Commands;

/// <summary><c>kops edit instancegroup</c></summary>
internal static class EditInstanceGroupCommand
{
    public static CommandSpec Spec { get; } =
        new("edit instancegroup", "Change an instance group")
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
            Flags =
            [
                EditFlags.Set with
                {
                    Values = ValueSource.InstanceGroupField,
                },
                EditFlags.Unset with
                {
                    Values = ValueSource.InstanceGroupField,
                },
                InputFlags.AllowUnknownFields,
                OutputFlag.TableOrJson,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        var stored = state.GetInstanceGroup(run.Arguments[0]);
        return await new ObjectEdit<InstanceGroup>(
            run,
            stored,
            $"instance group {stored.Name} of cluster {state.Name}",
            (changed, _) => Task.FromResult(EditInstanceGroup.Plan(run.Session, state, stored, changed))
        ).RunAsync(cancellationToken);
    }
}
