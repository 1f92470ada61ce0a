using Kops.Api;
using Kops.Api.Codec;
using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Hosting;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Operations.InstanceGroups;
using Kops.Operations.Objects;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops create instancegroup</c></summary>
internal static class CreateInstanceGroupCommand
{
    private static readonly Flag<string?> Role = Flag.Text("role", "What its machines are") with
    {
        Default = "node",
        Choices = ["control-plane", "node", "bastion", "apiserver"],
    };

    private static readonly Flag<IReadOnlyList<string>> Subnets = Flag.List("subnet", "Subnets of the cluster to run in");

    private static readonly Flag<IReadOnlyList<string>> Zones = Flag.List("zone", "Zones to run in, for clouds whose subnets span zones");

    private static readonly Flag<bool> Edit = Flag.Switch("edit", "Open the group in an editor first") with { Default = "true" };

    public static CommandSpec Spec { get; } =
        new("create instancegroup", "Add an instance group to a cluster")
        {
            Aliases = ["instancegroups", "ig"],
            Arguments = "INSTANCE_GROUP",
            MinArguments = 1,
            MaxArguments = 1,
            Description = "The group is opened in an editor before it is stored; --edit=false stores it as it is.",
            Examples =
            [
                ("A group of workers in one subnet", "kops create ig batch --name demo.example.com --subnet us-east-1a --edit=false"),
                ("See it without storing it", "kops create ig batch --name demo.example.com --subnet us-east-1a --dry-run -o yaml"),
            ],
            Flags = [Role, Subnets, Zones, Edit, DryRunOutput.DryRun, DryRunOutput.Flag],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = DryRunOutput.FormatOf(run);
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        var name = run.Arguments[0];
        var group = await CreateInstanceGroup.DescribeAsync(
            run.Session,
            state,
            new WantedInstanceGroup(name)
            {
                Role = run.Get(Role)!,
                Subnets = run.Get(Subnets),
                Zones = run.Get(Zones),
            },
            cancellationToken
        );
        if (run.Get(DryRunOutput.DryRun))
            ObjectOutput.Write(run.Out, format, [ClusterLabel.On(group, state.Name)], [], isSingle: true);
        else if (run.Get(Edit))
            await new EditSession(run, $"the new instance group {name} of cluster {state.Name}") { MayStayAsItIs = true }.EditAsync(
                KopsCodec.ToYaml([group]),
                (text, token) =>
                    SaveAsync(run, state, ObjectDocuments.ReadOne<InstanceGroup>(run.Session, text, $"instance group {name}"), token),
                cancellationToken
            );
        else
            await SaveAsync(run, state, group, cancellationToken);
        return ExitCode.Done;
    }

    private static async Task SaveAsync(Invocation run, ClusterState state, InstanceGroup group, CancellationToken cancellationToken)
    {
        await run.Session.ApplyAsync(CreateInstanceGroup.Plan(run.Session, state, group), cancellationToken);
        run.Out.WriteLine($"Created instancegroup/{group.Metadata.Name}");
    }
}
