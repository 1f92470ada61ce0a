using Kops.StateStore.Errors;
using Kops.StateStore.Files;

namespace Kops.StateStore.Changes.Journal;

/// <summary>Carries out a change set: the record first, then the files, each on condition that it stands as it was read.</summary>
internal sealed class ChangeApplier(ChangeJournal journal, TimeProvider clock, ChangeAuthor author, JournalOptions options)
{
    public async Task<ApplyResult> ApplyAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        if (set.IsEmpty)
            return new ApplyResult.Unchanged();
        var record = RecordOf(set);
        await journal.Files.KeepAsync(set, cancellationToken).ConfigureAwait(false);
        var pending = await journal.BeginAsync(record, cancellationToken).ConfigureAwait(false);
        try
        {
            return await WriteAsync(set, pending, cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            return await AcceptAsync(set, record, cancellationToken).ConfigureAwait(false);
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

        foreach (var stage in set.Files.GroupBy(ApplyOrder.StageOf))
        {
            foreach (var some in stage.Chunk(FanOut.Width))
            {
                await pending.KeepAsync(cancellationToken).ConfigureAwait(false);
                var answers = await FanOut.SelectAsync(some, WriteAsync, cancellationToken).ConfigureAwait(false);
                conflicts = [.. answers.OfType<FileConflict>()];
                if (conflicts.Count == 0)
                    continue;
                var record = await journal.Resolver.ResolveAsync(pending, Decision.Undo, set, CancellationToken.None).ConfigureAwait(false);
                return new ApplyResult.Conflict(conflicts, record.Outcome, record.Remaining);
            }
        }

        // Everything is written: from here on nobody gains by stopping.
        await pending.EndAsync(ChangeOutcome.Applied, [], CancellationToken.None).ConfigureAwait(false);
        return new ApplyResult.Applied(pending.Record.Id);
    }

    private static async ValueTask<FileConflict?> WriteAsync(FileChange change, CancellationToken cancellationToken)
    {
        var outcome = change.After is { } content
            ? await change.Path.WriteAsync(content, change.Condition, cancellationToken).ConfigureAwait(false)
            : await change.Path.DeleteAsync(change.Condition, cancellationToken).ConfigureAwait(false);
        if (outcome.Succeeded)
            return null;
        var now = await StoredFile.ReadAsync(change.Path, cancellationToken).ConfigureAwait(false);

        // What was wanted stands there: a write whose answer was lost was tried again, or somebody did just the same.
        return now.Sha256 == change.AfterSha256 ? null : new FileConflict(change.Before, now, change);
    }

    /// <summary>
    /// Checks what the writes themselves do not: files that were only read, and, where a step cannot be taken back, all the others before
    /// it.
    /// </summary>
    private static async Task<IReadOnlyList<FileConflict>> CheckAsync(ChangeSet set, CancellationToken cancellationToken)
    {
        var hasPointOfNoReturn =
            set.Files.Count > 1 && set.Files.Any(file => ApplyOrder.StageOf(file) is ApplyOrder.ReplaceSecret or ApplyOrder.DeleteSecrets);
        (StoredFile Read, FileChange? Change)[] checks =
        [
            .. set.Requires.Select(file => (file, (FileChange?)null)),
            .. hasPointOfNoReturn ? set.Files.Select(file => (file.Before, (FileChange?)file)) : [],
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
                cancellationToken
            )
            .ConfigureAwait(false);
        return [.. answers.OfType<FileConflict>()];
    }

    private async Task<ApplyResult> GiveUpAsync(ChangeSet set, PendingChange pending, Exception error)
    {
        ChangeRecord ended;
        try
        {
            ended = await journal.Resolver.ResolveAsync(pending, Decision.Undo, set, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            return await AcceptAsync(set, pending.Record, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception again)
        {
            throw new StateStoreException(
                StateErrorKind.Unfinished,
                $"the change of {pending.Record.Cluster} was interrupted ({error.Message}), and changing back what was written failed "
                    + $"too ({again.Message}); "
                    + "the next command on this store finishes or undoes it",
                error
            );
        }

        if (ended is { Outcome: ChangeOutcome.Applied, Remaining.Count: 0 })
            return new ApplyResult.Applied(ended.Id);
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        throw error;
    }

    /// <summary>Another process took this one for dead: its word counts.</summary>
    private async Task<ApplyResult> AcceptAsync(ChangeSet set, ChangeRecord record, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + options.Wait;
        while (true)
        {
            var pending = await journal.Files.Places.Pending(record.Cluster).ReadAsync(cancellationToken).ConfigureAwait(false);
            if (pending is null || ChangeRecordJson.Read(pending.Bytes, record.Cluster).Id != record.Id)
                break;
            if (clock.GetUtcNow() >= until)
                throw new StateStoreException(
                    StateErrorKind.Unfinished,
                    $"another process took over the change {record.Id} of {record.Cluster}, and has not ended it"
                );
            await Task.Delay(options.Poll, clock, cancellationToken).ConfigureAwait(false);
        }

        var path = journal.Files.Places.History(record.Cluster, record.Id);
        var history = await path.ReadAsync(cancellationToken).ConfigureAwait(false);
        var ended = history is null ? null : ChangeRecordJson.Read(history.Bytes, path.ToString());
        if (ended?.Outcome is ChangeOutcome.Applied)
            return new ApplyResult.Applied(record.Id);
        await journal.Resolver.UndoLateWritesAsync(record, set, cancellationToken).ConfigureAwait(false);
        throw new StateStoreException(
            StateErrorKind.Unfinished,
            $"this process was silent for longer than {options.Lease.TotalSeconds:0} s, and {ended?.RecoveredBy ?? "another process"} "
                + $"undid the change of {record.Cluster}; run the command again"
        );
    }

    private ChangeRecord RecordOf(ChangeSet set)
    {
        var now = clock.GetUtcNow();
        return new ChangeRecord
        {
            Id = JournalFiles.NewId(now),
            Cluster = set.Cluster,
            Title = set.Title,
            Author = author,
            Started = now,
            Undoes = set.Undoes,
            Files =
            [
                .. set.Files.Select(change => new RecordedFile
                {
                    Address = FileAddress.Of(journal.Files.Root, change.Path),
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
