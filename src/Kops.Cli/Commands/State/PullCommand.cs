using Kops.Api.Codec;
using Kops.Cli.Clouds;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cloud.Aws;
using Kops.Operations.Review;
using Kops.StateStore.Changes.Journal;
using Kops.StateStore.Review;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state pull</c>.</summary>
internal static class PullCommand
{
    private static readonly Flag<bool> Force = Flag.Switch("force", "Give up edits that stand against changes in the store");

    private static readonly Flag<string?> KmsKey = Flag.Text(
        "kms-key",
        $"Seal for this key of AWS KMS, too: its ARN, or that of an alias; '{PullRequest.NoKey}' ends that"
    );

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
            Flags = [Force, BundleKeys.Recipients, KmsKey],
            Run = RunAsync,
        };

    private static async Task<int> RunAsync(Invocation run, CancellationToken cancellationToken)
    {
        var directory = new ReviewDirectory(run.Arguments[0]);
        var request = new PullRequest
        {
            Clusters = [.. run.Arguments.Skip(1).Distinct()],
            Force = run.Get(Force),
            Recipients = run.Get(BundleKeys.Recipients),
            Key = run.Get(KmsKey),
            Encrypt = (key, text, token) => CloudKeys.EncryptAsync(run, key, text, token),
        };
        var pulled = await PullClusters.RunAsync(run.Session, directory, request, cancellationToken);
        var items = pulled.Items;
        foreach (var item in items.Where(item => item.Standing is not ReviewStanding.Same))
            run.Out.WriteLine(Line(item));
        var edited = items.Count(item => item.Standing is ReviewStanding.Edited);
        var written = items.Count(item => item.Standing is ReviewStanding.Newer or ReviewStanding.Conflict);
        run.Out.WriteLine(
            $"Pulled {Count(pulled.Clusters.Count, "cluster")} into {directory.Path}: {Count(written, "file")} "
                + $"changed{(edited > 0 ? $", {edited} edited here and left as {(edited == 1 ? "it is" : "they are")}" : string.Empty)}."
        );
        if (await SealFiles.RunAsync(pulled, cancellationToken) is { } sealedFiles)
            Write(run, directory, sealedFiles);
        return ExitCode.Done;
    }

    private static void Write(Invocation run, ReviewDirectory directory, SealedFiles files)
    {
        if (files.MadeKeyFor is { } key)
            run.Out.WriteLine($"Made a key for sealed files, which {key} opens: {directory.PathOf(SealingKey.FileName)}.");
        run.Out.WriteLine(
            $"Sealed {files.Written} of {files.Total} files with keys and "
                + $"secrets{(files.Written == 0 ? ": the others are unchanged" : string.Empty)}."
        );
        if (files.Stale.Count > 0)
            run.Error.WriteLine(
                $"Note: what is sealed of {string.Join(", ", files.Stale)} is for the keys before, since it was not pulled: 'kops state "
                    + $"pull {directory.Path} {string.Join(' ', files.Stale)}' seals it again."
            );
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
