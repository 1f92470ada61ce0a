using Kops.Api.Documents;
using Kops.Cli.CommandLine;
using Kops.Cli.Input;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Review;
using Kops.StateStore.Review;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state push</c>.</summary>
internal static class PushCommand
{
    private static readonly PlannedCommand<PlannedPush> Planned = new()
    {
        Plan = PlanAsync,
        Show = static (run, push) =>
        {
            foreach (var cluster in push.Clusters)
                ChangeText.Write(run, cluster.Changes);
        },
        Report = static (run, push) =>
            new() { ["clusters"] = ChangeNodes.List(push.Clusters.Select(cluster => (Node)ChangeNodes.Of(run, cluster.Changes))) },
        Ask = "\nMust specify --yes to push",
        Apply = static async (run, push, cancellationToken) =>
        {
            foreach (var cluster in push.Clusters)
            {
                await PushClusters.ApplyAsync(run.Session, push, cluster, cancellationToken);
                run.Say($"\nPushed cluster/{cluster.Name}");
            }
        },
    };

    public static CommandSpec Spec { get; } =
        new("state push", "Apply what was edited in a directory that was pulled")
        {
            Arguments = "DIRECTORY",
            MinArguments = 1,
            MaxArguments = 1,
            Description =
                "Each cluster is one change, made on condition that the edited files stand in the store as they were pulled; nothing is "
                + "changed where one of them\ndoes not (exit code 3). An instance group whose file was removed is deleted, a "
                + "directory with a new cluster.yaml becomes a cluster;\n"
                + "a cluster whose file was removed is not deleted. Files that kops knows nothing of are left alone.",
            Examples =
            [
                ("See what would be changed", "kops state push clusters/"),
                ("Do it, as a pipeline does after the review", "kops state push clusters/ --yes"),
            ],
            Flags = [PlanFlags.Yes, InputFlags.AllowUnknownFields, OutputFlag.TableOrJson],
            Run = Planned.RunAsync,
        };

    private static async Task<PlannedPush?> PlanAsync(Invocation run, CancellationToken cancellationToken)
    {
        var directory = new ReviewDirectory(run.Arguments[0]);
        var push = await PushClusters.PlanAsync(run.Session, directory, cancellationToken);
        if (push.Clusters.Count > 0)
            return push;
        run.Say("Nothing was edited: nothing to push.");
        return null;
    }
}
