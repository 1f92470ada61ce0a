using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.StateStore.Journal;
using Kops.StateStore.Moves;
using Kops.StateStore.Transfer;
using Kops.Vfs;
using ClusterStore = Kops.StateStore.StateStore;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state move</c>: takes clusters to another store, and in the end removes the old files.</summary>
internal static class MoveCommand
{
    public static CommandSpec Spec { get; } = new("state move", "Move clusters to another state store")
    {
        Arguments = "[CLUSTER]...",
        MaxArguments = int.MaxValue,
        Values = ValueSource.Cluster,
        Description =
            "Copies every file, compares it by content, rewrites the paths in the spec, registers the cluster at the new place and marks the old one.\n"
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
                "--rename: a cluster cannot be renamed. Its name is in its certificates, DNS records, tags of cloud resources and the paths that its nodes boot from; create a new cluster and move the workloads");
        }

        await run.RecoverAsync(cancellationToken);
        var names = await NamesAsync(run, cancellationToken);
        if (run.Flags.IsOn("finish"))
        {
            foreach (var name in names) await FinishAsync(run, name, cancellationToken);
            return ExitCode.Done;
        }

        if (run.Flags.Text("to") is not { Length: > 0 } to) throw CommandException.Usage("--to is required: name the state store to move to, such as --to s3://bucket");
        var target = Open(run, run.Place(to));
        if (target.Root.Equals(run.State.Root)) throw CommandException.Usage($"--to {to} is the state store that the cluster is in");
        var move = new ClusterMove(run.State, target, run.Host.Time, run.Host.Author($"kops {run.Title}"));
        var isPlan = !run.Flags.IsOn("yes") || run.Flags.IsOn("dry-run");
        foreach (var name in names)
        {
            if (run.Flags.IsOn("all") && await MoveRecords.FindAsync(run.State.Root, name, cancellationToken) is { Status: MoveStatus.Moved } moved && moved.To == target.Root.ToString())
            {
                run.Out.WriteLine($"Cluster \"{name}\" has moved already.");
                continue;
            }

            var plan = await move.PlanAsync(name, cancellationToken) ?? throw await run.ClusterNotFoundAsync(name, cancellationToken);
            await ShowAsync(run, plan, target, cancellationToken);
            if (!isPlan) await CarryOutAsync(run, move, name, target, cancellationToken);
        }

        if (isPlan) run.Out.WriteLine("Must specify --yes to move; nothing was changed.");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Invocation run, CancellationToken cancellationToken)
    {
        if (!run.Flags.IsOn("all"))
        {
            if (run.Arguments.Count > 0) return run.Arguments;
            return run.Flags.Text("name") is { Length: > 0 } name ? [name] : throw CommandException.Usage("name the clusters to move, or give --all");
        }

        if (run.Arguments.Count > 0) throw CommandException.Usage("--all and the names of clusters exclude each other");
        if (run.Flags.IsOn("finish")) return await WaitingAsync(run, cancellationToken);
        var listing = await run.State.ListAsync(cluster => cluster.Name, cancellationToken);
        if (listing.Unreadable.Count > 0)
            throw CommandException.Failed($"cluster \"{listing.Unreadable[0].Name}\" cannot be read, so that not all can be moved: {listing.Unreadable[0].Error.Message}");
        return listing.Clusters.Count > 0 ? listing.Clusters : throw CommandException.NotFound($"there are no clusters in {run.State.Root}");
    }

    private static async Task<IReadOnlyList<string>> WaitingAsync(Invocation run, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var name in await MoveRecords.ListAsync(run.State.Root, cancellationToken))
        {
            if (await MoveRecords.FindAsync(run.State.Root, name, cancellationToken) is { Status: MoveStatus.Moved or MoveStatus.Finishing }) names.Add(name);
        }

        return names.Count > 0 ? names : throw CommandException.NotFound($"no move from {run.State.Root} is waiting to be finished");
    }

    private static ClusterStore Open(Invocation run, VfsPath root) =>
        new(root, run.Stores, run.Host.Time, run.Host.Author($"kops {run.Title}"), new LinuxProcessProbe());

    private static async Task ShowAsync(Invocation run, MovePlan plan, ClusterStore target, CancellationToken cancellationToken)
    {
        var (files, bytes) = await ClusterMove.MeasureAsync(plan, cancellationToken);
        run.Out.WriteLine($"Cluster \"{plan.Source.Name}\": {Sizes.Files(files)}, {Sizes.Text(bytes)}\n");
        TextTable.WriteInOrder(
            run.Out, ["PLACE", "BEFORE", "AFTER"],
            plan.Places.Select(place => new[] { place.Name, place.Before.ToString(), place.Stays ? "(stays: it is in another store)" : place.After.ToString() }));
        run.Out.WriteLine();
        if (plan.Fields.Count > 0) ChangeText.Write(run, plan.Fields);
        foreach (var path in plan.Mentions) run.Out.WriteLine($"Stays as it is, though it mentions {run.State.Root}: {path}");
        if (plan.Places.Any(place => place is { Name: "discoveryStore", Stays: false }))
            run.Out.WriteLine("The discovery documents move too: the issuer's address changes with the next update, and with it what clouds must trust.");
        if (run.State.Root.Store.Driver.Capabilities.ClusterReadable && !target.Root.Store.Driver.Capabilities.ClusterReadable)
            run.Out.WriteLine($"Nodes cannot read {target.Root}: a cluster that runs will not boot new nodes from there.");
    }

    private static async Task CarryOutAsync(Invocation run, ClusterMove move, string name, ClusterStore target, CancellationToken cancellationToken)
    {
        var meter = new TransferMeter();
        MoveSummary summary;
        await using (new TransferDisplay(run, meter, "moving"))
            summary = await move.RunAsync(name, meter, cancellationToken) ?? throw await run.ClusterNotFoundAsync(name, cancellationToken);
        run.Out.WriteLine($"Moved cluster \"{name}\" to {target.Root}: {Sizes.Files(summary.Copied)} copied, {summary.Verified + 1} verified by content.");
        run.Out.WriteLine($"\nNext, let the cluster know, and have its nodes replaced:\n  kops update cluster {name} --state {target.Root} --yes");
        run.Out.WriteLine($"Then remove the old files, which are still there:\n  kops state move {name} --state {run.State.Root} --finish --yes\n");
    }

    private static async Task FinishAsync(Invocation run, string name, CancellationToken cancellationToken)
    {
        var record = await MoveRecords.FindAsync(run.State.Root, name, cancellationToken)
            ?? throw CommandException.NotFound($"no move of cluster \"{name}\" from {run.State.Root} is waiting to be finished");
        if (run.Flags.Text("to") is { Length: > 0 } to && run.Place(to).ToString() != record.To)
            throw CommandException.Usage($"--to {to}: cluster \"{name}\" has moved to {record.To}");
        var finish = new MoveFinish(run.State, Open(run, run.Stores.Resolve(record.To)), run.Stores, run.Host.Time);
        var plan = await finish.PlanAsync(name, cancellationToken);
        foreach (var place in plan.Left) run.Out.WriteLine($"Stays, since other clusters may use it: {place}");
        if (!run.Flags.IsOn("yes") || run.Flags.IsOn("dry-run"))
        {
            foreach (var place in plan.Removed) run.Out.WriteLine($"- {place}/");
            run.Out.WriteLine("\nMust specify --yes to remove the old files; nothing was changed.");
            return;
        }

        run.Out.WriteLine($"Removed {Sizes.Files(await finish.RunAsync(plan, cancellationToken))} of cluster \"{name}\" from {run.State.Root}; it lives at {record.To}.");
    }
}
