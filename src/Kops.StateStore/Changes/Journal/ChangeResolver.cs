using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Brings a change that stopped in the middle to an end, from the record and the files alone: after a conflict, a failure or a crash. The
/// same steps at any point, and again after a crash of their own, lead to the same end.
/// </summary>
/// <remarks>
/// A change is finished when its remaining files stand as they did when it was computed and their contents are known; else it is undone,
/// which without the memory of the process that computed it is possible until a secret was replaced or deleted (see
/// <see cref="ApplyOrder"/>). What is taken back is known to be the change's own by the mark that its writes bear, or where a store keeps
/// none by what the store confirmed; never by its content. Every write is made while this process holds the record, and is conditional on
/// the version that was read with the mark.
/// </remarks>
internal sealed class ChangeResolver(KeptContents kept, RecordedPlaces places, int width)
{
    /// <summary>Ends the change, and gives its record.</summary>
    /// <param name="pending">The change, of which this process is in charge.</param>
    /// <param name="wish">What is preferred where both are possible; null for a change whose process is gone.</param>
    /// <param name="own">The change set, for the process that computed it.</param>
    /// <param name="cancellationToken">Stops between two files; the next one to come goes on.</param>
    /// <exception cref="LeaseLostException">Another process took over meanwhile.</exception>
    public async Task<ChangeRecord> ResolveAsync(PendingChange pending, Decision? wish, ChangeSet? own, CancellationToken cancellationToken)
    {
        if (pending.Record.Outcome is not ChangeOutcome.Pending)
        {
            await pending.CloseAsync(cancellationToken).ConfigureAwait(false);
            return pending.Record;
        }

        if (pending.Record is { IsBegun: false, Decision: null })
        {
            await TakeBackStreamedAsync(pending, cancellationToken).ConfigureAwait(false);
            await pending.DiscardAsync(cancellationToken).ConfigureAwait(false);
            return pending.Record with { Outcome = ChangeOutcome.Undone, Remaining = [] };
        }

        var standings = await StandingsAsync(pending.Record, own, cancellationToken).ConfigureAwait(false);
        // The process that gives up itself has no request on its way. Of another one a request may still arrive, which finds its file
        // changed when the change is finished for it; so that is preferred there, even when nothing was written yet.
        if (own is not null && pending.Record.Decision is null && !standings.Any(file => file.Standing is Standing.Ours || file.MayBeOurs))
        {
            await pending.DiscardAsync(cancellationToken).ConfigureAwait(false);
            return pending.Record with { Outcome = ChangeOutcome.Undone, Remaining = [] };
        }

        var contents = new KnownContents(pending.Record.Cluster, kept, own);
        var decision = Decide(standings, pending.Record.Decision ?? wish, contents);
        if (decision != pending.Record.Decision)
            await pending.DecideAsync(decision, cancellationToken).ConfigureAwait(false);
        var remaining =
            decision is Decision.Finish
                ? await FinishAsync(standings, contents, pending, cancellationToken).ConfigureAwait(false)
                : await UndoAsync(standings, contents, pending, cancellationToken).ConfigureAwait(false);
        if (decision is Decision.Undo)
            await TakeBackStreamedAsync(pending, cancellationToken).ConfigureAwait(false);
        await pending
            .EndAsync(decision is Decision.Finish ? ChangeOutcome.Applied : ChangeOutcome.Undone, remaining, cancellationToken)
            .ConfigureAwait(false);
        return pending.Record;
    }

    /// <summary>Whether a file stands as the change left it, and is the change's own doing.</summary>
    public async Task<bool> HasWritesAsync(ChangeRecord record, ChangeSet own, CancellationToken cancellationToken) =>
        (await StandingsAsync(record, own, cancellationToken).ConfigureAwait(false)).Any(file => file.Standing is Standing.Ours);

    internal static Decision Decide(IReadOnlyList<FileStanding> standings, Decision? wish, KnownContents contents)
    {
        if (standings.All(file => file.Standing is Standing.Ours or Standing.Wanted))
            return Decision.Finish;
        var canUndo = !standings.Any(contents.IsBeyondReturn);
        var canFinish = standings.All(file =>
            file.Standing is not (Standing.Other or Standing.Unreachable) && !contents.IsOutOfReach(file)
        );
        return canUndo && (wish is Decision.Undo || !canFinish) ? Decision.Undo : Decision.Finish;
    }

    private async Task<FileStanding[]> StandingsAsync(ChangeRecord record, ChangeSet? own, CancellationToken cancellationToken)
    {
        IReadOnlyList<VfsPath?> paths = own is null
            ? await places.FindAsync(record, cancellationToken).ConfigureAwait(false)
            : [.. own.Files.Select(file => file.Path)];
        return await FanOut
            .SelectAsync(
                [.. Enumerable.Range(0, record.Files.Count)],
                (i, token) => FileStanding.ReadAsync(record.Files[i], record.MarkOf(i), paths[i], token),
                cancellationToken,
                width
            )
            .ConfigureAwait(false);
    }

    /// <summary>Deletes what the change wrote beforehand, as far as the store keeps the marks that tell it.</summary>
    private async Task TakeBackStreamedAsync(PendingChange pending, CancellationToken cancellationToken)
    {
        if (!pending.Record.Streams)
            return;
        foreach (var directory in places.StreamedTo(pending.Record.Cluster).Where(path => path.KeepsMarks()))
        {
            await foreach (var entry in directory.ListTreeAsync(cancellationToken).ConfigureAwait(false))
            {
                if (
                    await entry.Path.StatAsync(cancellationToken).ConfigureAwait(false) is not { } there
                    || there.Mark != pending.Record.Name
                )
                    continue;
                await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
                var unchanged =
                    directory.Store.Capabilities.ConditionalDelete && there.Version is { } version
                        ? WriteCondition.IfMatch(version)
                        : WriteCondition.Any;
                _ = await entry.Path.DeleteAsync(unchanged, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<List<string>> FinishAsync(
        IReadOnlyList<FileStanding> standings,
        KnownContents contents,
        PendingChange pending,
        CancellationToken cancellationToken
    )
    {
        var remaining = new List<string>();
        foreach (var file in standings.Where(file => file.Standing is not (Standing.Ours or Standing.Wanted)))
        {
            if (file is not { Standing: Standing.Before, Now: { } now } || !await RepeatAsync(file, now).ConfigureAwait(false))
                remaining.Add(file.Recorded.Path);
        }

        return remaining;

        async Task<bool> RepeatAsync(FileStanding file, StoredFile now)
        {
            if (file.Recorded.Kind is FileChangeKind.Delete)
                return await DeleteAsync(now, pending, cancellationToken).ConfigureAwait(false);
            var outcome = await WriteAsync(file, now, file.Recorded.AfterSha256, file.Mark, contents, pending, cancellationToken)
                .ConfigureAwait(false);
            if (outcome is not { Succeeded: false })
                return outcome is not null;

            // The process that was silent may have been quicker, with the same write.
            var again = await FileStanding.ReadAsync(file.Recorded, file.Mark, now.Path, cancellationToken).ConfigureAwait(false);
            return again.Standing is Standing.Ours or Standing.Wanted;
        }
    }

    private static async Task<List<string>> UndoAsync(
        IReadOnlyList<FileStanding> standings,
        KnownContents contents,
        PendingChange pending,
        CancellationToken cancellationToken
    )
    {
        var remaining = new List<string>();
        foreach (var file in standings.Reverse())
        {
            var isBack = file switch
            {
                { Standing: Standing.Ours, Now: { } now, Recorded.Kind: FileChangeKind.Create } => await DeleteAsync(
                        now,
                        pending,
                        cancellationToken
                    )
                    .ConfigureAwait(false),
                { Standing: Standing.Ours, Now: { } now } => await WriteAsync(
                        file,
                        now,
                        file.Recorded.BeforeSha256,
                        null,
                        contents,
                        pending,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
                    is { Succeeded: true },
                // Somebody else's, who has the last word; or nobody knows whose.
                { Standing: Standing.Wanted or Standing.Unreachable } => false,
                _ => true,
            };
            if (!isBack)
                remaining.Add(file.Recorded.Path);
        }

        remaining.Reverse();
        return remaining;
    }

    /// <summary>Writes a content in place of what was read; null when the content is not known.</summary>
    private static async Task<WriteOutcome?> WriteAsync(
        FileStanding file,
        StoredFile now,
        string? sha256,
        string? mark,
        KnownContents contents,
        PendingChange pending,
        CancellationToken cancellationToken
    )
    {
        if (await contents.FindAsync(file.Recorded, sha256, cancellationToken).ConfigureAwait(false) is not { } content)
            return null;
        await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
        return await now
            .Path.WriteAsync(content, WriteCondition.Unchanged(now.Version).Marked(mark), cancellationToken)
            .ConfigureAwait(false);
    }

    private static async Task<bool> DeleteAsync(StoredFile now, PendingChange pending, CancellationToken cancellationToken)
    {
        await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
        var condition = now.Version is { } version ? WriteCondition.IfMatch(version) : WriteCondition.Any;
        return (await now.Path.DeleteAsync(condition, cancellationToken).ConfigureAwait(false)).Succeeded;
    }
}
