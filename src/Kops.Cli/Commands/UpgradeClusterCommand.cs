using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Model;
using Kops.Model.Channels;
using Kops.Model.Flags;
using Kops.Model.Upgrades;
using Kops.Operations.Clusters;
using Kops.StateStore.Clusters;
using Semver;

namespace Kops.Cli.Commands;

/// <summary>
/// <c>kops upgrade cluster</c>: brings channel, Kubernetes version and images to what the channel recommends. Its output is kOps'.
/// </summary>
internal static class UpgradeClusterCommand
{
    private static readonly Flag<string?> ChannelName = Flag.Text("channel", "Channel to follow from now on; default: the cluster's") with
    {
        Choices = ChannelSnapshots.Names,
    };

    private static readonly Flag<SemVersion?> Version = Flag.Text(
        "kubernetes-version",
        "Kubernetes version to go to; default: the one that the channel recommends",
        WantedVersion
    );

    private static readonly PlannedCommand<Upgrade> Planned = new()
    {
        Plan = PlanAsync,
        Show = static (run, upgrade) =>
            TextTable.Write(
                run.Host.Console,
                ["ITEM", "PROPERTY", "OLD", "NEW"],
                upgrade.Plan.Actions.Select(action => new[] { action.Item, action.Property, action.Old, action.New })
            ),
        Report = static (_, upgrade) => Nodes(upgrade),
        Fingerprint = static (_, upgrade) => NodeText.ToJson(Nodes(upgrade)),
        Ask = "\nMust specify --yes to perform upgrade",
        Apply = static async (run, upgrade, cancellationToken) =>
        {
            await run.Session.ApplyAsync(
                await UpgradeCluster.PlanAsync(run.Session, upgrade.State, upgrade.Plan, cancellationToken),
                cancellationToken
            );
            run.Say(
                $"\nUpdates applied to configuration.\nYou can now apply these changes, using `kops update cluster {upgrade.State.Name}`"
            );
        },
    };

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
            Flags = [PlanFlags.Yes, ChannelName, Version, OutputFlag.TableOrJson],
            Run = Planned.RunAsync,
        };

    private static async Task<Upgrade?> PlanAsync(Invocation run, CancellationToken cancellationToken)
    {
        var version = run.Get(Version);
        var state = await run.Session.ReadClusterToChangeAsync(ClusterNames.Find(run), cancellationToken);
        var channel = run.Get(ChannelName) is { Length: > 0 } given ? given : null;
        var plan = await UpgradeCluster.AdviseAsync(run.Session, state, channel, version, cancellationToken);
        if (plan.Actions.Count > 0)
            return new Upgrade(state, plan);

        // On stderr, as kOps has it, so that a script sees output only where there is something to do.
        run.Error.WriteLine("\nNo upgrade required");
        return null;
    }

    private static MappingNode Nodes(Upgrade upgrade) =>
        new()
        {
            ["cluster"] = ScalarNode.Of(upgrade.State.Name),
            ["changes"] = ChangeNodes.List(
                upgrade.Plan.Actions.Select(action =>
                    (Node)
                        new MappingNode
                        {
                            ["item"] = ScalarNode.Of(action.Item),
                            ["property"] = ScalarNode.Of(action.Property),
                            ["before"] = ScalarNode.Of(action.Old),
                            ["after"] = ScalarNode.Of(action.New),
                        }
                )
            ),
        };

    private static SemVersion? WantedVersion(string? text) =>
        text is null or "" ? null
        : Versions.TryParseKubernetes(text, out var version) ? version
        : throw new InvalidFlagException(
            "kubernetes-version",
            $"--kubernetes-version: '{text}' is not a Kubernetes version: write it as 1.36.3"
        );

    private sealed record Upgrade(ClusterState State, UpgradePlan Plan);
}
