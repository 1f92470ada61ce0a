using Kops.Api.Values;
using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.Cli.Planning;
using Kops.Operations.Transfers;
using Kops.StateStore.Errors;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state copy</c> and <c>kops state sync</c>.</summary>
internal static class CopyCommand
{
    private static readonly Flag<bool> DryRun = Flag.Switch("dry-run", "Say what would be done, and do nothing");

    private static readonly Flag<bool> Delete = Flag.Switch(
        "delete",
        "Delete what stands at the target alone, once everything else is there"
    );

    private static readonly Flag<bool> Checksum = Flag.Switch("checksum", "Read contents where listings have no hashes");

    public static CommandSpec Copy { get; } =
        new("state copy", "Copy a file or a tree, within a store or between two")
        {
            Arguments = "FROM TO",
            MinArguments = 2,
            MaxArguments = 2,
            Aliases = ["cp"],
            Description =
                "Every file is copied, whatever the target holds; 'kops state sync' copies what differs. Paths in specs stay as they "
                + "are:\n'kops state move' moves a cluster.",
            Examples =
            [
                ("A backup of everything, on this disk", "kops state copy s3://bucket /srv/backup"),
                ("One file", "kops state copy demo.example.com/config /tmp/config"),
            ],
            Flags = [DryRun, OutputFlag.TableOrJson],
            Run = CopyAsync,
        };

    public static CommandSpec Sync { get; } =
        new("state sync", "Make one tree hold what another one holds, copying only what differs")
        {
            Arguments = "FROM TO",
            MinArguments = 2,
            MaxArguments = 2,
            Description =
                "Length and the hashes of the stores' listings tell what differs. Where a store has no hashes (file://, large uploads), "
                + "a file of the same\n"
                + "length that was written after the source was last changed counts as its copy; --checksum reads both instead.",
            Examples =
            [
                ("Keep a second copy of a bucket", "kops state sync s3://bucket gs://copy"),
                ("Also delete what is gone from the first", "kops state sync s3://bucket gs://copy --delete"),
                ("See what that would do", "kops state sync s3://bucket gs://copy --delete --dry-run"),
            ],
            Flags = [Delete, Checksum, DryRun, OutputFlag.TableOrJson],
            Run = (run, cancellationToken) =>
                RunAsync(run, new TransferOptions { Delete = run.Get(Delete), ByContent = run.Get(Checksum) }, cancellationToken),
        };

    /// <summary>Copies; with a cluster's directory goes its history.</summary>
    private static async Task<int> CopyAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (source, target) = (run.Place(run.Arguments[0]), run.Place(run.Arguments[1]));
        var cluster = run.Get(DryRun) ? null : await CopiedCluster.FindAsync(source, target, run.Stores, cancellationToken);
        var newest = cluster is null ? null : await cluster.NewestAsync(run.Clusters, cancellationToken);
        var code = await RunAsync(run, new TransferOptions { Always = true }, cancellationToken);
        if (code != ExitCode.Done || cluster is null)
            return code;
        if (await cluster.NewestAsync(run.Clusters, cancellationToken) != newest)
            throw CommandException.Conflict(
                $"cluster \"{cluster.Name}\" was changed while it was copied, and the copy may have files of before and after; run the "
                    + "command again"
            );
        try
        {
            TransferText.TellLeft(run, await cluster.TakeInHistoryAsync(run.Clusters, cancellationToken));
        }
        catch (KopsException failure)
        {
            run.Error.WriteLine($"Note: the files are copied, but the history did not go along: {PlainText.Of(failure.Message)}");
        }

        return code;
    }

    private static async Task<int> RunAsync(Invocation run, TransferOptions options, CancellationToken cancellationToken)
    {
        var written = run.Arguments[1];
        var (source, target) = (run.Place(run.Arguments[0]), run.Place(written));
        var start = run.Host.Time.GetTimestamp();
        options = options with { DryRun = run.Get(DryRun), Tell = Teller(run) };
        var meter = new TransferMeter();
        TransferResult result;
        await using (new TransferDisplay(run, meter, options.DryRun ? "comparing" : "copying"))
            result = await CopyFiles.RunAsync(source, target, options, meter, written.EndsWith('/'), cancellationToken);
        return TransferText.Write(run, result, run.Host.Time.GetElapsedTime(start), options.DryRun);
    }

    /// <summary>A dry run, and <c>-v 2</c>, name each file.</summary>
    private static Action<TransferAction>? Teller(Invocation run)
    {
        if (run.IsForPrograms() || !(run.Get(DryRun) || run.Verbosity >= 2))
            return null;
        var gate = new Lock();
        return action =>
        {
            var sign = action.Kind switch
            {
                TransferActionKind.Create => '+',
                TransferActionKind.Delete => '-',
                _ => '~',
            };
            lock (gate)
                run.Out.WriteLine($"{sign} {StatePlaces.Shown(action.Key)}");
        };
    }
}
