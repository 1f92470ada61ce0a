using Kops.Cli.Clusters;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.StateStore;
using Kops.StateStore.Clusters;
using Kops.StateStore.Errors;
using Kops.StateStore.Review;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state pull</c>.</summary>
internal static class PullCommand
{
    public static CommandSpec Spec { get; } =
        new("state pull", "Write clusters into a directory for review, without keys and secrets")
        {
            Arguments = "DIRECTORY [CLUSTER...]",
            MinArguments = 1,
            MaxArguments = int.MaxValue,
            Description =
                "Cluster, instance groups, additional objects and SSH public keys, byte for byte as they stand in the store; "
                + ".kops-pull.json says what was\npulled, and belongs under version control with the rest. Without CLUSTER: those "
                + "of the last time, or all.\n"
                + "What was edited in the directory stays. 'kops state push' brings edits back.",
            Examples =
            [
                (
                    "All clusters, for the first time",
                    "kops state pull clusters/ && git -C clusters add . && git -C clusters commit -m 'State of today'"
                ),
                ("One cluster", "kops state pull clusters/ demo.example.com"),
                (
                    "Keys and secrets too, sealed for an age recipient",
                    "kops state pull clusters/ --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
                ),
                (
                    "The same, sealed for a key of AWS KMS",
                    "kops state pull clusters/ --kms-key arn:aws:kms:us-east-1:123456789012:alias/review"
                ),
            ],
            Flags = [Flag.Switch("force", "Give up edits that stand against changes in the store"), BundleKeys.Recipients, Sealing.KmsKey],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var directory = new ReviewDirectory(run.Arguments[0]);
        var record = directory.ReadRecord();
        IReadOnlyList<string> asked = run.Arguments.Count > 1 ? [.. run.Arguments.Skip(1).Distinct()] : record?.Clusters ?? [];
        await run.NotePendingAsync(cancellationToken);
        var clusters = await ReadAsync(run, asked, cancellationToken);
        var sealing = await Sealing.PrepareAsync(run, directory, record, cancellationToken);
        var pull = new ReviewPull(directory, run.State.Root.ToString());
        IReadOnlyList<ReviewItem> items;
        try
        {
            items = await pull.RunAsync(clusters, asked, run.Flags.IsOn("force"), cancellationToken);
        }
        catch (StateStoreException conflict) when (conflict.Kind is StateErrorKind.AlreadyExists)
        {
            throw CommandException.Conflict(conflict.Message);
        }

        foreach (var item in items.Where(item => item.Standing is not ReviewStanding.Same))
            run.Out.WriteLine(Line(item));
        var edited = items.Count(item => item.Standing is ReviewStanding.Edited);
        var written = items.Count(item => item.Standing is ReviewStanding.Newer or ReviewStanding.Conflict);
        run.Out.WriteLine(
            $"Pulled {Count(clusters.Count, "cluster")} into {directory.Path}: {Count(written, "file")} "
                + $"changed{(edited > 0 ? $", {edited} edited here and left as {(edited == 1 ? "it is" : "they are")}" : string.Empty)}."
        );
        await SealedFiles.WriteAsync(run, directory, pull, sealing, clusters, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>The clusters, all of them read: one that cannot be read is no cluster without anything in it.</summary>
    private static async Task<IReadOnlyList<ClusterState>> ReadAsync(
        Invocation run,
        IReadOnlyList<string> asked,
        CancellationToken cancellationToken
    )
    {
        var names = asked;
        if (asked.Count == 0)
        {
            var listing = await run.State.ListAsync(cluster => cluster.Name, cancellationToken);
            if (listing.Unreadable.Count > 0)
                throw CommandException.Failed(
                    $"cluster \"{listing.Unreadable[0].Name}\" cannot be read: {listing.Unreadable[0].Error.Message}; name the clusters "
                        + $"to pull"
                );
            names = listing.Clusters;
        }

        var clusters = new List<ClusterState>();
        foreach (var name in names)
            clusters.Add(await run.FindClusterAsync(name, cancellationToken));
        return clusters;
    }

    private static string Line(ReviewItem item) =>
        item switch
        {
            { Standing: ReviewStanding.Edited } => $"  {item.Path}  (edited here)",
            { Stored: null } => $"- {item.Path}",
            { Local: null } => $"+ {item.Path}",
            _ => $"~ {item.Path}",
        };

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
