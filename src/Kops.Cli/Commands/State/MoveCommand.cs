using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Cli.Stores;
using Kops.Operations.Moves;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state move</c>: takes clusters to another store, and in the end removes the old files.</summary>
internal static class MoveCommand
{
    private static readonly Flag<string?> To = Flag.Text("to", "The state store to move to");
    private static readonly Flag<bool> All = Flag.Switch("all", "Every cluster of the state store");
    private static readonly Flag<bool> Finish = Flag.Switch("finish", "Remove the files at the old place of clusters that have moved");
    private static readonly Flag<string?> Rename = Flag.Text("rename", "Refused: a cluster cannot be renamed");

    public static CommandSpec Spec { get; } =
        new("state move", "Move clusters to another state store")
        {
            Arguments = "[CLUSTER]...",
            MaxArguments = int.MaxValue,
            Values = ValueSource.Cluster,
            Description =
                "Copies every file, compares it by content, rewrites the paths in the spec, registers the cluster at the new place and "
                + "marks the old one.\n"
                + "Stopped at any moment, the same command goes on, from any machine. The old files stay until --finish.",
            Examples =
            [
                ("See what would be done", "kops state move demo.example.com --to s3://new-bucket"),
                ("Do it, then let the cluster know", "kops state move demo.example.com --to s3://new-bucket --yes"),
                ("", "kops update cluster demo.example.com --state s3://new-bucket --yes"),
                ("Once the nodes are replaced, remove the old files", "kops state move demo.example.com --finish --yes"),
                ("Every cluster of the store", "kops state move --all --to gs://new-bucket --yes"),
            ],
            Flags = [To, All, Finish, PlanFlags.DryRun, OutputFlag.TableOrJson, Rename, PlanFlags.Yes],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (run.Has(Rename))
        {
            throw CommandException.Usage(
                "--rename: a cluster cannot be renamed. Its name is in its certificates, DNS records, tags of cloud resources and the "
                    + "paths that its nodes boot from; create a new cluster and move the workloads"
            );
        }

        if (run.Get(Finish))
        {
            var finish = new FinishMoves(run.Session, run.Stores, run.Clusters);
            foreach (var name in Names(run) ?? await finish.ListAllAsync(cancellationToken))
            {
                await run.Session.RecoverAsync(name, cancellationToken);
                await FinishAsync(run, finish, name, cancellationToken);
            }

            return ExitCode.Done;
        }

        var names = Names(run) ?? await MoveClusters.ListAllAsync(run.Session, cancellationToken);
        if (run.Get(To) is not { Length: > 0 } to)
            throw CommandException.Usage("--to is required: name the state store to move to, such as --to s3://bucket");
        var target = run.Clusters(Target(run, to));
        if (target.Root.FullAddress == run.State.Root.FullAddress)
            throw CommandException.Usage($"--to {to} is the state store that the cluster is in");
        var move = new MoveClusters(run.Session, target, run.Host.Author($"kops {run.Title}"));
        foreach (var name in names)
        {
            if (run.IsAgreed())
                await move.SettleAsync(name, cancellationToken);
            if (run.Get(All) && await move.HasMovedAsync(name, cancellationToken))
            {
                if (!MoveText.WriteJson(run, name, target.Root.ToString(), "moved"))
                    run.Out.WriteLine($"Cluster \"{name}\" has moved already.");
                continue;
            }

            await run.Session.RecoverAsync(name, cancellationToken);
            await MoveText.ShowAsync(run, await move.PlanAsync(name, cancellationToken), cancellationToken);
            if (run.IsAgreed())
                await CarryOutAsync(run, move, name, cancellationToken);
        }

        if (!run.IsAgreed() && !run.IsForPrograms())
            run.Out.WriteLine("Must specify --yes to move; nothing was changed.");
        return ExitCode.Done;
    }

    /// <summary>The clusters that were named; null for all.</summary>
    private static IReadOnlyList<string>? Names(Invocation run)
    {
        if (!run.Get(All))
        {
            if (run.Arguments.Count > 0)
                return run.Arguments;
            return run.Get(GlobalFlags.Name) is { Length: > 0 } name
                ? [name]
                : throw CommandException.Usage("name the clusters to move, or give --all");
        }

        return run.Arguments.Count > 0 ? throw CommandException.Usage("--all and the names of clusters exclude each other") : null;
    }

    /// <summary>
    /// The store to move to: as --state names one, and in full, since the move may go on from another directory and specs name it.
    /// </summary>
    private static VfsPath Target(Invocation run, string to)
    {
        var address = StateLocation.Named(to, "--to", run.Access).Address;
        return
            address.StartsWith('/')
            || address.StartsWith("file:///", StringComparison.Ordinal)
            || (address.Contains("://", StringComparison.Ordinal) && !address.StartsWith("file:", StringComparison.Ordinal))
            ? run.Stores.Resolve(address)
            : throw CommandException.Usage($"--to {to}: name the state store in full, such as s3://bucket or /srv/state");
    }

    private static async Task CarryOutAsync(Invocation run, MoveClusters move, string name, CancellationToken cancellationToken)
    {
        var (meter, root) = (new TransferMeter(), move.Target.Root);
        MoveSummary summary;
        await using (new TransferDisplay(run, meter, "moving"))
            summary = await move.RunAsync(name, meter, cancellationToken);
        TransferText.TellLeft(run, summary.History);
        if (
            MoveText.WriteJson(
                run,
                name,
                root.ToString(),
                "moved",
                ("copied", summary.Copied),
                ("verified", summary.Verified + 1),
                ("changes", summary.History.Changes)
            )
        )
            return;
        run.Out.WriteLine(
            $"Moved cluster \"{name}\" to {root}: {Sizes.Files(summary.Copied)} copied, {summary.Verified + 1} verified by content."
        );
        run.Out.WriteLine($"\nNext, let the cluster know, and have its nodes replaced:\n  kops update cluster {name} --state {root} --yes");
        run.Out.WriteLine(
            $"Then remove the old files, which are still there:\n  kops state move {name} --state {run.State.Root} --finish --yes\n"
        );
    }

    private static async Task FinishAsync(Invocation run, FinishMoves finish, string name, CancellationToken cancellationToken)
    {
        var movedTo = run.Get(To) is { Length: > 0 } to ? Target(run, to) : null;
        var plan = await finish.PlanAsync(name, movedTo, cancellationToken);
        await new PlannedCommand<FinishPlan>
        {
            Plan = (_, _) => Task.FromResult<FinishPlan?>(plan),
            Show = MoveText.ShowRemoval,
            Ask = "\nMust specify --yes to remove the old files; nothing was changed.",
            Apply = async (_, _, token) => MoveText.WriteRemoved(run, plan, await finish.RunAsync(plan, token)),
        }.RunAsync(run, cancellationToken);
    }
}
