using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Settings;
using Kops.StateStore;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Changes.Moves;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state move</c>: takes clusters to another store, and in the end removes the old files.</summary>
internal static class MoveCommand
{
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
            Flags =
            [
                Flag.Text("to", "The state store to move to"),
                Flag.Switch("all", "Every cluster of the state store"),
                Flag.Switch("finish", "Remove the files at the old place of clusters that have moved"),
                Flag.Switch("dry-run", "Show what would be done, whatever else is given"),
                ListCommand.Output,
                Flag.Text("rename", "Refused: a cluster cannot be renamed"),
                DeleteCommand.Yes,
            ],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (run.Flags.Has("rename"))
        {
            throw CommandException.Usage(
                "--rename: a cluster cannot be renamed. Its name is in its certificates, DNS records, tags of cloud resources and the "
                    + "paths that its nodes boot from; create a new cluster and move the workloads"
            );
        }

        var names = await NamesAsync(run, cancellationToken);
        foreach (var name in names)
            await run.RecoverAsync(name, cancellationToken);
        if (run.Flags.IsOn("finish"))
        {
            foreach (var name in names)
                await FinishAsync(run, name, cancellationToken);
            return ExitCode.Done;
        }

        if (run.Flags.Text("to") is not { Length: > 0 } to)
            throw CommandException.Usage("--to is required: name the state store to move to, such as --to s3://bucket");
        var target = Open(run, Target(run, to));
        if (target.Root.FullAddress == run.State.Root.FullAddress)
            throw CommandException.Usage($"--to {to} is the state store that the cluster is in");
        var move = new ClusterMove(run.State, target, run.Host.Time, run.Host.Author($"kops {run.Title}"));
        var isPlan = !run.Flags.IsOn("yes") || run.Flags.IsOn("dry-run");
        foreach (var name in names)
        {
            if (
                run.Flags.IsOn("all")
                && await MoveRecords.FindAsync(run.State.Root, name, cancellationToken) is { Status: MoveStatus.Moved } moved
                && moved.To == target.Root.ToString()
            )
            {
                if (!MoveText.WriteJson(run, name, moved.To, "moved"))
                    run.Out.WriteLine($"Cluster \"{name}\" has moved already.");
                continue;
            }

            var plan = await move.PlanAsync(name, cancellationToken) ?? throw await run.ClusterNotFoundAsync(name, cancellationToken);
            await MoveText.ShowAsync(run, plan, target.Root, isPlan, cancellationToken);
            if (!isPlan)
                await CarryOutAsync(run, move, name, target, cancellationToken);
        }

        if (isPlan && !MoveText.IsJson(run))
            run.Out.WriteLine("Must specify --yes to move; nothing was changed.");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (!run.Flags.IsOn("all"))
        {
            if (run.Arguments.Count > 0)
                return run.Arguments;
            return run.Flags.Text("name") is { Length: > 0 } name
                ? [name]
                : throw CommandException.Usage("name the clusters to move, or give --all");
        }

        if (run.Arguments.Count > 0)
            throw CommandException.Usage("--all and the names of clusters exclude each other");
        if (run.Flags.IsOn("finish"))
            return await WaitingAsync(run, cancellationToken);
        var listing = await run.State.ListAsync(cluster => cluster.Name, cancellationToken);
        if (listing.Unreadable.Count > 0)
            throw CommandException.Failed(
                $"cluster \"{listing.Unreadable[0].Name}\" cannot be read, so that not all can be moved: "
                    + $"{listing.Unreadable[0].Error.Message}"
            );
        return listing.Clusters.Count > 0
            ? listing.Clusters
            : throw CommandException.NotFound($"there are no clusters in {run.State.Root}");
    }

    private static async Task<IReadOnlyList<string>> WaitingAsync(Invocation run, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var name in await MoveRecords.ListAsync(run.State.Root, cancellationToken))
        {
            if (
                await MoveRecords.FindAsync(run.State.Root, name, cancellationToken) is { Status: MoveStatus.Moved or MoveStatus.Finishing }
            )
                names.Add(name);
        }

        return names.Count > 0 ? names : throw CommandException.NotFound($"no move from {run.State.Root} is waiting to be finished");
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

    private static ClusterStore Open(Invocation run, VfsPath root) =>
        new(root, run.Stores, run.Host.Time, run.Host.Author($"kops {run.Title}"), new LinuxProcessProbe());

    private static async Task CarryOutAsync(
        Invocation run,
        ClusterMove move,
        string name,
        ClusterStore target,
        CancellationToken cancellationToken
    )
    {
        var meter = new TransferMeter();
        MoveSummary summary;
        await using (new TransferDisplay(run, meter, "moving"))
            summary = await move.RunAsync(name, meter, cancellationToken) ?? throw await run.ClusterNotFoundAsync(name, cancellationToken);
        if (MoveText.WriteJson(run, name, target.Root.ToString(), "moved", ("copied", summary.Copied), ("verified", summary.Verified + 1)))
            return;
        run.Out.WriteLine(
            $"Moved cluster \"{name}\" to {target.Root}: {Sizes.Files(summary.Copied)} copied, {summary.Verified + 1} verified by content."
        );
        run.Out.WriteLine(
            $"\nNext, let the cluster know, and have its nodes replaced:\n  kops update cluster {name} --state {target.Root} --yes"
        );
        run.Out.WriteLine(
            $"Then remove the old files, which are still there:\n  kops state move {name} --state {run.State.Root} --finish --yes\n"
        );
    }

    private static async Task FinishAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        var record =
            await MoveRecords.FindAsync(run.State.Root, name, cancellationToken)
            ?? throw CommandException.NotFound($"no move of cluster \"{name}\" from {run.State.Root} is waiting to be finished");
        if (run.Flags.Text("to") is { Length: > 0 } to && Target(run, to).ToString() != record.To)
            throw CommandException.Usage($"--to {to}: cluster \"{name}\" has moved to {record.To}");
        var finish = new MoveFinish(run.State, Open(run, run.Stores.Resolve(record.To)), run.Stores, run.Host.Time);
        var plan = await finish.PlanAsync(name, cancellationToken);
        var isPlan = !run.Flags.IsOn("yes") || run.Flags.IsOn("dry-run");
        if (MoveText.IsJson(run))
        {
            if (isPlan)
                MoveText.WriteRemoval(run, name, record.To, plan.Removed);
            else
                MoveText.WriteJson(run, name, record.To, "finished", ("removed", await finish.RunAsync(plan, cancellationToken)));
            return;
        }

        foreach (var place in plan.Left)
            run.Out.WriteLine($"Stays, since other clusters may use it: {place}");
        if (isPlan)
        {
            foreach (var place in plan.Removed)
                run.Out.WriteLine($"- {place}/");
            run.Out.WriteLine("\nMust specify --yes to remove the old files; nothing was changed.");
            return;
        }

        run.Out.WriteLine(
            $"Removed {Sizes.Files(await finish.RunAsync(plan, cancellationToken))} of cluster \"{name}\" from {run.State.Root}; it "
                + $"lives at {record.To}."
        );
    }
}
