using System.Runtime.ExceptionServices;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// Carries out a change set: the record first; then, while nobody else can hold it, a look whether every file stands as it was read; then
/// the files, each on condition that it still does.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="clock">The time.</param>
/// <param name="author">Who changes.</param>
/// <param name="guard">Throws where a cluster may not be changed here. It is asked while the cluster's record is held.</param>
internal sealed class ChangeApplier(
    ChangeJournal journal,
    TimeProvider clock,
    ChangeAuthor author,
    Func<string, CancellationToken, Task> guard
)
{
    private JournalOptions Options => journal.Options;

    public async Task<ApplyResult> ApplyAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        if (set.IsEmpty)
            return new ApplyResult.Unchanged();
        var record = RecordOf(set);
        await journal.Contents.KeepAsync(set, Options.Width, cancellationToken).ConfigureAwait(false);
        using var pending = await journal.BeginAsync(record, cancellationToken).ConfigureAwait(false);
        await GuardAsync(pending, cancellationToken).ConfigureAwait(false);
        return await CarryOutAsync(set, pending, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the contents of a change that is going to be made of what is held, which takes as long as they are many.</summary>
    public Task KeepAsync(ChangeSet set, CancellationToken cancellationToken) =>
        journal.Contents.KeepAsync(set, Options.Width, cancellationToken);

    /// <summary>The same, of a cluster whose record this process holds already; contents are kept before.</summary>
    /// <exception cref="LeaseLostException">It no longer does, and nothing was written.</exception>
    public async Task<ApplyResult> ApplyAsync(ChangeSet set, PendingChange held, CancellationToken cancellationToken)
    {
        await held.FillAsync(RecordOf(set), cancellationToken).ConfigureAwait(false);
        return await CarryOutAsync(set, held, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes hold of a cluster: a record that names no files yet.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="title">What is done, in the words of the command line.</param>
    /// <param name="streams">Whether files are written under it that bear its name (<see cref="ChangeRecord.Streams"/>).</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<ClusterHold> HoldAsync(string cluster, string title, bool streams, CancellationToken cancellationToken)
    {
        var record = RecordOf(new ChangeSet(cluster, title, [], [])) with { IsBegun = false, Streams = streams };
        return ClusterHold.TakeAsync(journal, this, record, cancellationToken);
    }

    private async Task<ApplyResult> CarryOutAsync(ChangeSet set, PendingChange pending, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(set, pending, cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            return await AcceptAsync(set, pending, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The store failed, or the user has had enough. What was written is changed back even so, and if that fails as well, by the
            // next command.
            return await GiveUpAsync(set, pending, error).ConfigureAwait(false);
        }
    }

    private async Task<ApplyResult> WriteAsync(ChangeSet set, PendingChange pending, CancellationToken cancellationToken)
    {
        var conflicts = await CheckAsync(set, cancellationToken).ConfigureAwait(false);
        if (conflicts.Count > 0)
        {
            await pending.DiscardAsync(cancellationToken).ConfigureAwait(false);
            return new ApplyResult.Conflict(conflicts, ChangeOutcome.Undone, []);
        }

        await pending.NumberAsync(cancellationToken).ConfigureAwait(false);
        if (!pending.Record.IsBegun)
            await pending.BeginAsync(cancellationToken).ConfigureAwait(false);
        (FileChange Change, int Index)[][] chunks =
        [
            .. set
                .Files.Select((change, index) => (change, index))
                .GroupBy(file => ApplyOrder.StageOf(file.change))
                .SelectMany(stage => stage.Chunk(FanOut.Width)),
        ];
        foreach (var chunk in chunks)
        {
            await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
            var answers = await FanOut
                .SelectAsync(chunk, (file, token) => WriteAsync(file.Change, file.Index, pending, token), cancellationToken, Options.Width)
                .ConfigureAwait(false);
            conflicts = [.. answers.OfType<FileConflict>()];
            if (conflicts.Count > 0)
            {
                var record = await journal.Resolver.ResolveAsync(pending, Decision.Undo, set, CancellationToken.None).ConfigureAwait(false);
                return new ApplyResult.Conflict(conflicts, record.Outcome, record.Remaining);
            }

            // Where files bear no marks, the record alone tells what this change has written. What ends it tells of the last.
            if (chunk != chunks[^1] && chunk.Any(file => file.Change.After is not null && !file.Change.Path.KeepsMarks()))
                await pending.RecordAsync(cancellationToken).ConfigureAwait(false);
        }

        // Everything is written: from here on nobody gains by stopping.
        await pending.EndAsync(ChangeOutcome.Applied, [], CancellationToken.None).ConfigureAwait(false);
        return new ApplyResult.Applied(pending.Record.Id);
    }

    /// <summary>Lets go where the guard refuses: nothing was written.</summary>
    private async Task GuardAsync(PendingChange pending, CancellationToken cancellationToken)
    {
        try
        {
            await guard(pending.Record.Cluster, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            try
            {
                await pending.DiscardAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception left) when (left is LeaseLostException or StoreException)
            {
                // Whoever comes next clears it away; that the change is refused is what matters.
            }

            throw;
        }
    }

    private static async ValueTask<FileConflict?> WriteAsync(
        FileChange change,
        int index,
        PendingChange pending,
        CancellationToken cancellationToken
    )
    {
        var mark = pending.MarkOf(index);
        var outcome = change.After is { } content
            ? await change.Path.WriteAsync(content, change.Condition.Marked(mark), cancellationToken).ConfigureAwait(false)
            : await change.Path.DeleteAsync(change.Condition, cancellationToken).ConfigureAwait(false);
        if (outcome.Result is WriteResult.Done)
            pending.Confirm(index, outcome);
        if (outcome.Succeeded)
            return null;

        // A write whose answer was lost, and which was tried again, is known by its mark.
        var now = await StoredFile.ReadAsync(change.Path, cancellationToken).ConfigureAwait(false);
        return now.Mark == mark ? null : new FileConflict(change.Before, now, change);
    }

    /// <summary>
    /// Whether every file stands as it was read, those too that are not written. One file that is written and nothing else is checked by
    /// its write.
    /// </summary>
    private async Task<IReadOnlyList<FileConflict>> CheckAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        if (IsCheckedByItsWrite(set))
            return [];
        (StoredFile Read, FileChange? Change)[] checks =
        [
            .. set.Requires.Select(file => (file, (FileChange?)null)),
            .. set.Files.Select(file => (file.Before, (FileChange?)file)),
        ];
        var answers = await FanOut
            .SelectAsync(
                checks,
                async (check, token) =>
                {
                    var info = await check.Read.Path.StatAsync(token).ConfigureAwait(false);
                    var stands = check.Read.Version is { } version ? info?.Version == version : check.Read.Exists || info is null;
                    if (stands)
                        return null;
                    var now = await StoredFile.ReadAsync(check.Read.Path, token).ConfigureAwait(false);
                    return now.Exists == check.Read.Exists && now.Sha256 == check.Read.Sha256 && now.Version == check.Read.Version
                        ? null
                        : new FileConflict(check.Read, now, check.Change);
                },
                cancellationToken,
                Options.Width
            )
            .ConfigureAwait(false);
        return [.. answers.OfType<FileConflict>()];
    }

    private static bool IsCheckedByItsWrite(ChangeSet set) => set is { Requires.Count: 0, Files: [{ After: not null }] };

    private async Task<ApplyResult> GiveUpAsync(ChangeSet set, PendingChange pending, Exception error)
    {
        ChangeRecord ended;
        try
        {
            ended = await journal.Resolver.ResolveAsync(pending, Decision.Undo, set, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            return await AcceptAsync(set, pending, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception unmoved) when (pending.Record.Outcome is ChangeOutcome.Applied)
        {
            // It is recorded as done; that the record has not reached its place in the history harms nobody, and the next command moves it.
            return new ApplyResult.Applied(pending.Record.Id) { NotInHistory = unmoved.Message };
        }
        catch (Exception again)
        {
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"the change of {pending.Record.Cluster} was interrupted ({error.Message}), and changing back what was written failed "
                    + $"too ({again.Message}); "
                    + "the next command that changes this cluster finishes or undoes it",
                error
            );
        }

        if (ended is { Outcome: ChangeOutcome.Applied, Remaining.Count: 0 })
            return new ApplyResult.Applied(ended.Id);
        if (ended.Remaining.Count > 0)
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"the change of {ended.Cluster} was interrupted ({error.Message}); of what it may have written there stands, and was left: "
                    + $"{string.Join(", ", ended.Remaining)}. Look at {(ended.Remaining.Count == 1 ? "it" : "them")} before you try again",
                error
            );
        ExceptionDispatchInfo.Throw(error);
        throw error;
    }

    /// <summary>Another process took this one for dead: its word counts.</summary>
    private async Task<ApplyResult> AcceptAsync(ChangeSet set, PendingChange pending, CancellationToken cancellationToken)
    {
        var record = pending.Record;
        var start = clock.GetTimestamp();
        while (
            await journal.TryReadAsync(record.Cluster, cancellationToken).ConfigureAwait(false) is { } found
            && found.Record.Name == record.Name
        )
        {
            if (clock.GetElapsedTime(start) >= Options.Wait)
                throw new StateStoreException(
                    StateErrorKind.Unfinished,
                    $"another process took over the change {record.Id} of {record.Cluster}, and has not ended it"
                );
            await Task.Delay(Options.Poll, clock, cancellationToken).ConfigureAwait(false);
        }

        var ended = await journal.FindEndedAsync(record, cancellationToken).ConfigureAwait(false);
        if (ended?.Outcome is ChangeOutcome.Applied)
            return new ApplyResult.Applied(ended.Id);
        var late = await SettleLateWritesAsync(set, record, ended, cancellationToken).ConfigureAwait(false);
        if (late?.Outcome is ChangeOutcome.Applied)
            return new ApplyResult.Applied(late.Id);
        throw new StateStoreException(
            StateErrorKind.Unfinished,
            $"this process was silent for longer than {Options.Lease.TotalSeconds:0} s, and {ended?.RecoveredBy ?? "another process"} "
                + $"undid the change of {record.Cluster}; run the command again"
        );
    }

    /// <summary>
    /// Settles writes that were on their way when another process undid the change: under a record, as everything, and only what bears this
    /// change's marks. Where all of them stand, the change has been made after all.
    /// </summary>
    /// <returns>How it ended; null when there were none, or somebody else settles them.</returns>
    private async Task<ChangeRecord?> SettleLateWritesAsync(
        ChangeSet set,
        ChangeRecord record,
        ChangeRecord? ended,
        CancellationToken cancellationToken
    )
    {
        if (!await journal.Resolver.HasWritesAsync(record, set, cancellationToken).ConfigureAwait(false))
            return null;
        var before = ended?.Serial ?? record.Serial - 1;
        var again = record with
        {
            Serial = 0,
            Decision = Decision.Undo,
            Outcome = ChangeOutcome.Pending,
            Files = [.. record.Files.Select(file => file with { IsConfirmed = false, AfterVersion = null })],
        };
        try
        {
            using var pending = await journal.BeginAsync(again, cancellationToken).ConfigureAwait(false);
            await GuardAsync(pending, cancellationToken).ConfigureAwait(false);

            // What the store has confirmed tells whose a file is while nobody else has changed the cluster since; marks tell it always.
            if (await journal.NextSerialAsync(record.Cluster, cancellationToken).ConfigureAwait(false) == before + 1)
                pending.Trust(record.Files);
            return await journal.Resolver.ResolveAsync(pending, Decision.Undo, set, cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            // Whoever took it over does the same.
            return null;
        }
        catch (StateStoreException busy)
        {
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"this process was silent for longer than {Options.Lease.TotalSeconds:0} s, its change of {record.Cluster} was undone, and "
                    + $"what it wrote after that may still stand ({busy.Message}); look at the cluster before you try again",
                busy
            );
        }
    }

    private ChangeRecord RecordOf(ChangeSet set)
    {
        var layout = set.Layout ?? journal.DefaultLayout(set.Cluster);
        return new ChangeRecord
        {
            Name = Options.NewName(),
            Cluster = set.Cluster,
            Title = set.Title,
            Author = author,
            Started = clock.GetUtcNow(),
            Undoes = set.Undoes,
            IsBegun = IsCheckedByItsWrite(set),
            Files =
            [
                .. set.Files.Select(change => new RecordedFile
                {
                    Cluster = set.Cluster,
                    Address =
                        Layout.LayoutAddresses.AddressOf(layout, change.Path)
                        ?? throw new InvalidOperationException($"{change.Path} is no file of cluster {set.Cluster}"),
                    Kind = change.Kind,
                    Secrecy = change.Secrecy,
                    BeforeVersion = change.Before.Version?.Value,
                    BeforeSha256 = change.Before.Sha256,
                    AfterSha256 = change.AfterSha256,
                }),
            ],
        };
    }
}
