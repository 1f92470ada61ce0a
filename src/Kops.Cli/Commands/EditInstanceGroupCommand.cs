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

    private static Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var name = ClusterNames.FindBeside(run);
        return new ObjectEdit<InstanceGroup>(
            run,
            async token =>
            {
                var state = await run.Session.ReadClusterToChangeAsync(name, token);
                var stored = state.GetInstanceGroup(run.Arguments[0]);
                return new(
                    stored,
                    $"instance group {stored.Name} of cluster {state.Name}",
                    (changed, _) => Task.FromResult(EditInstanceGroup.Plan(run.Session, state, stored, changed))
                );
            }
        ).RunAsync(cancellationToken);
    }
}
