using System.Text;
using Kops.Api.Codec;
using Kops.Api.Diff;
using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.StateStore.Changes;
using Kops.StateStore.Clusters;
using Kops.StateStore.Files;
using Kops.StateStore.Review;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state push</c>.</summary>
internal static class PushCommand
{
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
            Flags = [DeleteCommand.Yes, Replacing.AllowUnknownFlag],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var directory = new ReviewDirectory(run.Arguments[0]);
        var record =
            directory.ReadRecord()
            ?? throw CommandException.NotFound(
                $"{directory.Path} holds no {PullRecord.FileName}: 'kops state pull {directory.Path}' makes one, and then its files are "
                    + $"edited"
            );
        if (record.Store != run.State.Root.ToString())
            throw CommandException.Failed(
                $"{directory.Path} was pulled from {record.Store}, and this is {run.State.Root}; push to that store with --state "
                    + $"{record.Store}"
            );
        foreach (var cluster in ReviewPull.Pulled(record))
            await run.RecoverAsync(cluster, cancellationToken);
        var reviews = await CompareAsync(run, directory, record, cancellationToken);
        ThrowConflicts(directory, reviews);

        var plans = new List<(Review Review, ChangeSet Changes)>();
        foreach (var review in reviews.Where(review => review.Edited.Any()))
        {
            var changes = await ReviewPlan.MakeAsync(run, directory, review.State, review.Name, review.Items, cancellationToken);
            plans.Add((review, changes));
            ChangeText.Write(run, changes);
        }

        var newer = reviews.Sum(review => review.Items.Count(item => item.Standing is ReviewStanding.Newer));
        if (newer > 0)
            run.Error.WriteLine(
                $"Note: {newer} other file{(newer == 1 ? " was" : "s were")} changed in the store since; 'kops state pull "
                    + $"{directory.Path}' brings {(newer == 1 ? "it" : "them")}."
            );
        if (plans.Count == 0)
        {
            run.Out.WriteLine("Nothing was edited: nothing to push.");
            return ExitCode.Done;
        }

        if (!run.Flags.IsOn("yes"))
        {
            run.Out.WriteLine("\nMust specify --yes to push");
            return ExitCode.Done;
        }

        var pull = new ReviewPull(directory, record.Store);
        foreach (var (review, changes) in plans)
        {
            await run.ApplyAsync(changes, cancellationToken);
            await pull.AcceptAsync(await run.FindClusterAsync(review.Name, cancellationToken), [.. review.Edited], cancellationToken);
            run.Out.WriteLine($"\nPushed cluster/{review.Name}");
        }

        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<Review>> CompareAsync(
        Invocation run,
        ReviewDirectory directory,
        PullRecord record,
        CancellationToken cancellationToken
    )
    {
        var reviews = new List<Review>();
        foreach (var name in ReviewPull.Pulled(record).Union(directory.FindClusters()).Order(StringComparer.Ordinal))
        {
            Settings.ClusterNames.Checked(run, name);
            var state = await run.Session.FindClusterAsync(name, cancellationToken);
            var stored = state is null ? new Dictionary<string, StoredFile>() : await ReviewNames.ReadAsync(state, cancellationToken);
            reviews.Add(new Review(name, state, ReviewItem.Compare(directory, record, name, stored)));
        }

        return reviews;
    }

    private static void ThrowConflicts(ReviewDirectory directory, IReadOnlyList<Review> reviews)
    {
        var conflicts = reviews.SelectMany(review => review.Items).Where(item => item.Standing is ReviewStanding.Conflict).ToList();
        if (conflicts.Count == 0)
            return;
        var text = new StringBuilder("somebody else changed these files since they were pulled; nothing was changed by this command.");
        foreach (var item in conflicts)
        {
            text.Append("\n  ")
                .Append(item.Path)
                .Append(
                    item switch
                    {
                        { Stored: null } => " was deleted in the store",
                        { Local: null } => " was changed in the store, and removed here",
                        _ => string.Empty,
                    }
                );
            if (item is not { Stored: { } stored, Local: { } local })
                continue;
            text.Append(": from what stands in the store to what stands here");
            foreach (
                var line in DiffText.Lines(
                    new ChangeSetBuilder(item.Cluster, string.Empty).Write(stored, local).Build().Files[0].Fields?.Where(ChangeText.IsTold)
                        ?? []
                )
            )
                text.Append("\n    ").Append(line.Text);
        }

        throw CommandException.Conflict(
            text.Append($"\nCommit what is here, run 'kops state pull {directory.Path} --force', and merge the two with git.").ToString()
        );
    }

    private sealed record Review(string Name, ClusterState? State, IReadOnlyList<ReviewItem> Items)
    {
        public IEnumerable<ReviewItem> Edited => Items.Where(item => item.Standing is ReviewStanding.Edited);
    }
}
