using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Brings a change that stopped in the middle to an end, from the record and the files alone: after a conflict, a failure or a crash. The
/// same
/// steps at any point, and again after a crash of their own, lead to the same end.
/// </summary>
/// <remarks>
/// A change is finished when its remaining files stand as they did when it was computed and their contents are known; else it is undone,
/// which without the memory of the process that computed it is possible until a secret was replaced or deleted (see
/// <see cref="ApplyOrder"/>).
/// Every write is conditional on what was just read, so nobody else's change is lost.
/// </remarks>
internal sealed class ChangeResolver(JournalFiles files, StoreRegistry stores)
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

        var standings = await StandingsAsync(pending.Record, cancellationToken).ConfigureAwait(false);
        if (pending.Record.Decision is null && standings.All(file => file.Standing is not Standing.After))
        {
            await pending.DiscardAsync(cancellationToken).ConfigureAwait(false);
            return pending.Record with { Outcome = ChangeOutcome.Undone };
        }

        var contents = new KnownContents(files, own);
        var decision = Decide(standings, pending.Record.Decision ?? wish, contents);
        if (decision != pending.Record.Decision)
            await pending.DecideAsync(decision, cancellationToken).ConfigureAwait(false);
        var remaining =
            decision is Decision.Finish
                ? await FinishAsync(standings, contents, pending, cancellationToken).ConfigureAwait(false)
                : await UndoAsync(standings, contents, pending, cancellationToken).ConfigureAwait(false);
        await pending
            .EndAsync(decision is Decision.Finish ? ChangeOutcome.Applied : ChangeOutcome.Undone, remaining, cancellationToken)
            .ConfigureAwait(false);
        return pending.Record;
    }

    /// <summary>Takes back writes that were on their way when another process undid the change.</summary>
    public async Task UndoLateWritesAsync(ChangeRecord record, ChangeSet own, CancellationToken cancellationToken)
    {
        var standings = await StandingsAsync(record, cancellationToken).ConfigureAwait(false);
        await UndoAsync(standings, new KnownContents(files, own), null, cancellationToken).ConfigureAwait(false);
    }

    internal static Decision Decide(IReadOnlyList<FileStanding> standings, Decision? wish, KnownContents contents)
    {
        if (standings.All(file => file.Standing is Standing.After))
            return Decision.Finish;
        var canUndo = !standings.Any(contents.IsBeyondReturn);
        var canFinish = standings.All(file => file.Standing is not Standing.Other && !contents.IsOutOfReach(file));
        return canUndo && (wish is Decision.Undo || !canFinish) ? Decision.Undo : Decision.Finish;
    }

    private async Task<FileStanding[]> StandingsAsync(ChangeRecord record, CancellationToken cancellationToken) =>
        await FanOut
            .SelectAsync(
                record.Files,
                (file, token) => FileStanding.ReadAsync(file, file.Address.Resolve(files.Root, stores), token),
                cancellationToken
            )
            .ConfigureAwait(false);

    private static async Task<List<string>> FinishAsync(
        IReadOnlyList<FileStanding> standings,
        KnownContents contents,
        PendingChange pending,
        CancellationToken cancellationToken
    )
    {
        var remaining = new List<string>();
        foreach (var file in standings.Where(file => file.Standing is not Standing.After))
        {
            await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
            var done =
                file.Standing is Standing.Before
                && file.Recorded.Kind switch
                {
                    FileChangeKind.Delete => await DeleteAsync(file.Now, cancellationToken).ConfigureAwait(false),
                    _ => await WriteAsync(file, contents, file.Recorded.AfterSha256, cancellationToken).ConfigureAwait(false),
                };
            if (!done)
                remaining.Add(file.Recorded.Path);
        }

        return remaining;
    }

    private static async Task<List<string>> UndoAsync(
        IReadOnlyList<FileStanding> standings,
        KnownContents contents,
        PendingChange? pending,
        CancellationToken cancellationToken
    )
    {
        var remaining = new List<string>();
        foreach (var file in standings.Where(file => file.Standing is Standing.After).Reverse())
        {
            if (pending is not null)
                await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
            var done = file.Recorded.Kind switch
            {
                FileChangeKind.Create => await DeleteAsync(file.Now, cancellationToken).ConfigureAwait(false),
                _ => await WriteAsync(file, contents, file.Recorded.BeforeSha256, cancellationToken).ConfigureAwait(false),
            };
            if (!done)
                remaining.Add(file.Recorded.Path);
        }

        return remaining;
    }

    private static async Task<bool> WriteAsync(
        FileStanding file,
        KnownContents contents,
        string? sha256,
        CancellationToken cancellationToken
    )
    {
        if (
            !contents.Has(file.Recorded, sha256)
            || await contents.FindAsync(sha256, cancellationToken).ConfigureAwait(false) is not { } content
        )
            return false;
        var outcome = await file
            .Now.Path.WriteAsync(content, WriteCondition.Unchanged(file.Now.Version), cancellationToken)
            .ConfigureAwait(false);
        return outcome.Succeeded;
    }

    private static async Task<bool> DeleteAsync(StoredFile now, CancellationToken cancellationToken)
    {
        var condition = now.Version is { } version ? WriteCondition.IfMatch(version) : WriteCondition.Any;
        return (await now.Path.DeleteAsync(condition, cancellationToken).ConfigureAwait(false)).Succeeded;
    }
}
