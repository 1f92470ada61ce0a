using Kops.Cli.CommandLine;
using Kops.Cli.Hosting;
using Kops.Cli.Output;
using Kops.StateStore.Transfer;
using Kops.Vfs;

namespace Kops.Cli.Commands.State;

/// <summary><c>kops state copy</c> and <c>kops state sync</c>.</summary>
internal static class CopyCommand
{
    private static readonly Flag DryRun = Flag.Switch("dry-run", "Say what would be done, and do nothing");

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
            Flags = [DryRun, ListCommand.Output],
            Run = (run, cancellationToken) => RunAsync(run, new TransferOptions { Always = true }, cancellationToken),
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
            Flags =
            [
                Flag.Switch("delete", "Delete what stands at the target alone, once everything else is there"),
                Flag.Switch("checksum", "Read contents where listings have no hashes"),
                DryRun,
                ListCommand.Output,
            ],
            Run = (run, cancellationToken) =>
                RunAsync(
                    run,
                    new TransferOptions { Delete = run.Flags.IsOn("delete"), ByContent = run.Flags.IsOn("checksum") },
                    cancellationToken
                ),
        };

    private static async Task<int> RunAsync(Invocation run, TransferOptions options, CancellationToken cancellationToken)
    {
        var (source, target) = (run.Place(run.Arguments[0]), run.Place(run.Arguments[1]));
        var start = run.Host.Time.GetTimestamp();
        options = options with { DryRun = run.Flags.IsOn("dry-run"), Tell = Teller(run) };
        if (await IsFileAsync(source, cancellationToken))
            return await CopyFileAsync(run, source, run.Arguments[1], options, cancellationToken);

        if (source.Overlaps(target))
            throw CommandException.Usage($"{source} and {target} lie within each other; name two places that do not");
        var meter = new TransferMeter();
        TransferResult result;
        await using (new TransferDisplay(run, meter, options.DryRun ? "comparing" : "copying"))
        {
            if (options.Delete && !await HoldsAnyAsync(source, cancellationToken))
                throw StatePlaces.NothingAt(source);
            result = await new TreeTransfer(source, target, options, meter).RunAsync(cancellationToken);
        }

        if (meter is { Seen: 0, IsListed: true } && result.Succeeded && result.Deleted == 0)
            throw StatePlaces.NothingAt(source);
        return TransferText.Write(run, result, run.Host.Time.GetElapsedTime(start), options.DryRun);
    }

    private static async Task<int> CopyFileAsync(
        Invocation run,
        VfsPath source,
        string written,
        TransferOptions options,
        CancellationToken cancellationToken
    )
    {
        var target = run.Place(written);
        if (written.EndsWith('/') || target.Key.Length == 0)
            target = target.Join(source.Name);
        if (source.Overlaps(target))
            throw CommandException.Usage($"{source} cannot be copied to itself");
        var there = await target.StatAsync(cancellationToken);
        var isSame =
            !options.Always
            && there is not null
            && await HashAsync(source, cancellationToken) == await HashAsync(target, cancellationToken);
        var bytes = (await source.StatAsync(cancellationToken))?.Size ?? 0;
        if (
            !isSame
            && !options.DryRun
            && await source.CopyToAsync(target, WriteCondition.Unchanged(there?.Version), cancellationToken) is not { Succeeded: true }
        )
            throw CommandException.Conflict($"somebody else wrote {target} meanwhile; what they wrote stays");
        return TransferText.Write(
            run,
            isSame ? new TransferResult(0, 0, 1, 0, [], []) : new TransferResult(1, bytes, 0, 0, [], []),
            TimeSpan.Zero,
            options.DryRun
        );
    }

    private static async Task<string?> HashAsync(VfsPath path, CancellationToken cancellationToken)
    {
        await foreach (
            var (_, hash) in ObjectHashes.HashTreeAsync(path, System.Security.Cryptography.HashAlgorithmName.SHA256, cancellationToken)
        )
            return Convert.ToHexStringLower(hash.Span);
        return null;
    }

    /// <summary>A dry run, and <c>-v 2</c>, name each file.</summary>
    private static Action<TransferAction>? Teller(Invocation run)
    {
        if (run.OutputFormat() is OutputFormat.Json || !(run.Flags.IsOn("dry-run") || run.Verbosity >= 2))
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

    private static async Task<bool> IsFileAsync(VfsPath place, CancellationToken cancellationToken) =>
        await place.StatAsync(cancellationToken) is not null;

    private static async Task<bool> HoldsAnyAsync(VfsPath place, CancellationToken cancellationToken)
    {
        await foreach (var _ in place.ListAsync(cancellationToken))
            return true;
        return false;
    }
}
