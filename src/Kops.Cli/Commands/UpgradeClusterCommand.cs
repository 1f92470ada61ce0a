using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.Model;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.Upgrades;
using Kops.Operations.Validation;
using Semver;

namespace Kops.Cli.Commands;

/// <summary>
/// <c>kops upgrade cluster</c>: brings channel, Kubernetes version and images to what the channel recommends. Its output is kOps'.
/// </summary>
internal static class UpgradeClusterCommand
{
    public static IReadOnlyList<CommandSpec> Specs { get; } = [new("upgrade", "Raise the versions of a cluster"), Spec()];

    private static CommandSpec Spec() =>
        new("upgrade cluster", "Bring a cluster to the versions and images that its channel recommends")
        {
            Arguments = "[CLUSTER]",
            MaxArguments = 1,
            Values = ValueSource.Cluster,
            Description =
                "Without --yes it shows what would change. With it, the description is changed, all of it or nothing; 'kops update "
                + "cluster'\napplies that. Versions are never lowered, and images of your own are left alone.",
            Examples =
            [
                ("See what the channel recommends", "kops upgrade cluster demo.example.com"),
                ("Do it", "kops upgrade cluster demo.example.com --yes"),
                ("Go to a version of your choice", "kops upgrade cluster demo.example.com --kubernetes-version 1.36.3 --yes"),
            ],
            Flags =
            [
                DeleteCommand.Yes,
                Flag.Text("channel", "Channel to follow from now on; default: the cluster's") with
                {
                    Choices = ChannelSnapshots.Names,
                },
                Flag.Text("kubernetes-version", "Kubernetes version to go to; default: the one that the channel recommends"),
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var wanted = WantedVersion(run);
        var state = await run.ReadClusterToChangeAsync(ClusterNames.Find(run), cancellationToken);
        if (state.Unreadable.Count > 0)
            throw CommandException.Failed($"cluster \"{state.Name}\" cannot be upgraded while instance groups of it cannot be read");
        var channel = run.Flags.Text("channel") is { Length: > 0 } given ? given : state.Cluster.Value.Spec.Channel ?? Channel.DefaultName;
        var plan = ClusterUpgrade.Plan(
            new(
                state.Cluster.Value,
                [.. state.InstanceGroups.Select(group => group.Value)],
                channel,
                await Knowledge.ChannelAsync(run, channel, cancellationToken),
                Knowledge.CloudFacts(run)
            )
            {
                KubernetesVersion = wanted,
            }
        );
        foreach (var note in plan.Notes)
            run.Error.WriteLine($"Note: {note}");
        if (plan.Actions.Count == 0)
        {
            // On stderr, as kOps has it, so that a script sees output only where there is something to do.
            run.Error.WriteLine("\nNo upgrade required");
            return ExitCode.Done;
        }

        TextTable.Write(
            run.Out,
            ["ITEM", "PROPERTY", "OLD", "NEW"],
            plan.Actions.Select(action => new[] { action.Item, action.Property, action.Old, action.New })
        );
        if (!run.Flags.IsOn("yes"))
        {
            run.Out.WriteLine("\nMust specify --yes to perform upgrade");
            return ExitCode.Done;
        }

        await Validity.CheckAsync(run.Session, state, plan.Cluster, plan.InstanceGroups, cancellationToken);
        var planner = run.Change(state).ReplaceCluster(state.Cluster, plan.Cluster);
        foreach (var (stored, group) in state.InstanceGroups.Zip(plan.InstanceGroups))
            planner.ReplaceInstanceGroup(stored, group);
        await run.ApplyAsync(planner.Build(), cancellationToken);
        run.Out.WriteLine(
            $"\nUpdates applied to configuration.\nYou can now apply these changes, using `kops update cluster {state.Name}`"
        );
        return ExitCode.Done;
    }

    private static SemVersion? WantedVersion(Invocation run) =>
        run.Flags.Text("kubernetes-version") is not { Length: > 0 } text ? null
        : Versions.TryParseKubernetes(text, out var version) ? version
        : throw new InvalidFlagException(
            "kubernetes-version",
            $"--kubernetes-version: '{text}' is not a Kubernetes version: write it as 1.36.3"
        );
}
