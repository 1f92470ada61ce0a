using Kops.Api;
using Kops.Api.Codec;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Editing;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.NewGroup;
using Kops.Operations.Validation;
using Kops.StateStore.Clusters;

namespace Kops.Cli.Commands;

/// <summary><c>kops create instancegroup</c></summary>
internal static class CreateInstanceGroupCommand
{
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
            Flags =
            [
                Flag.Text("role", "What its machines are") with
                {
                    Default = "node",
                    Choices = ["control-plane", "node", "bastion", "apiserver"],
                },
                Flag.List("subnet", "Subnets of the cluster to run in"),
                Flag.List("zone", "Zones to run in, for clouds whose subnets span zones"),
                Flag.Switch("edit", "Open the group in an editor first") with
                {
                    Default = "true",
                },
                DryRunOutput.DryRun,
                DryRunOutput.Flag,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var format = DryRunOutput.FormatOf(run);
        var state = await run.ReadClusterToChangeAsync(ClusterNames.FindBeside(run), cancellationToken);
        var (name, cluster) = (run.Arguments[0], state.Cluster.Value);
        if (state.FindInstanceGroup(name) is not null)
            throw CommandException.Conflict(
                $"instance group \"{name}\" of cluster \"{state.Name}\" exists already; 'kops edit ig' changes it"
            );
        var channel = await Knowledge.ChannelAsync(run, cluster.Spec.Channel ?? Channel.DefaultName, cancellationToken);
        var group = GroupPlanner.Plan(
            new NewGroupRequest(
                name,
                run.Flags.Text("role")!,
                run.Flags.List("subnet"),
                run.Flags.List("zone"),
                cluster,
                channel,
                Knowledge.CloudFacts(run)
            )
            {
                Features = FeatureFlags.Parse(run.Host.Variable("KOPS_FEATURE_FLAGS")),
            }
        );
        if (run.Flags.IsOn("dry-run"))
        {
            ObjectOutput.Write(run.Out, format, [ClusterAccess.Shown(group, state.Name)], [], isSingle: true);
            return ExitCode.Done;
        }

        if (!run.Flags.IsOn("edit"))
        {
            await SaveAsync(run, state, group, cancellationToken);
            return ExitCode.Done;
        }

        var session = new EditSession(run, $"the new instance group {name} of cluster {state.Name}") { MayStayAsItIs = true };
        await session.EditAsync(
            KopsCodec.ToYaml([group]),
            async (text, token) => await SaveAsync(run, state, ObjectFile.One<InstanceGroup>(run, text, $"instance group {name}"), token),
            cancellationToken
        );
        return ExitCode.Done;
    }

    private static async Task SaveAsync(Invocation run, ClusterState state, InstanceGroup group, CancellationToken cancellationToken)
    {
        Validity.Check(group, state.Cluster.Value);
        await run.ApplyAsync(run.Change(state).CreateInstanceGroup(group).Build(), cancellationToken);
        run.Out.WriteLine($"Created instancegroup/{group.Metadata.Name}");
    }
}
