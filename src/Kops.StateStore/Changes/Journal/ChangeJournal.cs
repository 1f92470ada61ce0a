using Kops.StateStore.Errors;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>Takes and takes over pending changes.</summary>
internal sealed class ChangeJournal(
    VfsPath root,
    StoreRegistry stores,
    TimeProvider clock,
    ChangeAuthor author,
    IProcessProbe? probe,
    JournalOptions options
)
{
    private readonly LeaseMaker _leases = new(clock, author, probe, options);

    public JournalFiles Files { get; } = new(root);

    public ChangeResolver Resolver { get; } = new(new JournalFiles(root), stores);

    /// <summary>
    /// Writes the record of a change before its first file. Ends what a dead process left of the same cluster, and waits for a living one.
    /// </summary>
    /// <exception cref="StateStoreException">Another process did not end in time, or left a record that cannot be read.</exception>
    public async Task<PendingChange> BeginAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        var path = Files.Places.Pending(record.Cluster);
        var token = _leases.Make().Token;
        var until = clock.GetUtcNow() + options.Wait;
        while (true)
        {
            var leased = record with { Lease = _leases.Make(token) };
            var outcome = await path.WriteAsync(ChangeRecordJson.Write(leased), WriteCondition.IfAbsent, cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Version is { } version)
                return new PendingChange(Files, leased, version, _leases);
            if (await path.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } found)
                continue;
            var other = ChangeRecordJson.Read(found.Bytes, path.ToString());

            // A write whose answer was lost, and which was tried again.
            if (other.Lease?.Token == token)
                return new PendingChange(Files, other, found.Version, _leases);
            if (await TakeOverAsync(other, found.Version, cancellationToken).ConfigureAwait(false) is { } taken)
                await Resolver.ResolveAsync(taken, null, null, cancellationToken).ConfigureAwait(false);
            else if (clock.GetUtcNow() >= until)
                throw Busy(other);
            else
                await Task.Delay(options.Poll, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what dead processes left. One listing when there is nothing.</summary>
    public async Task<IReadOnlyList<RecoveredChange>> RecoverAsync(CancellationToken cancellationToken)
    {
        var results = new List<RecoveredChange>();
        await foreach (var entry in Files.Places.AllPending.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!entry.IsPrefix && await RecoverAsync(entry.Path, cancellationToken).ConfigureAwait(false) is { } result)
                results.Add(result);
        }

        return results;
    }

    private async Task<RecoveredChange?> RecoverAsync(VfsPath path, CancellationToken cancellationToken)
    {
        var name = KopsDirectory.RecordName(path.Name) ?? path.Name;
        ChangeRecord? record = null;
        try
        {
            if (await path.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } found)
                return null;
            record = ChangeRecordJson.Read(found.Bytes, path.ToString());
            if (await TakeOverAsync(record, found.Version, cancellationToken).ConfigureAwait(false) is not { } taken)
                return new RecoveredChange(name, RecoveryResult.InProgress, record, null);
            record = await Resolver.ResolveAsync(taken, null, null, cancellationToken).ConfigureAwait(false);
            return new RecoveredChange(
                name,
                record.Outcome is ChangeOutcome.Applied ? RecoveryResult.Finished : RecoveryResult.Undone,
                record,
                null
            );
        }
        catch (LeaseLostException)
        {
            return new RecoveredChange(name, RecoveryResult.InProgress, record, null);
        }
        catch (Exception error) when (error is StoreException or StateStoreException)
        {
            return new RecoveredChange(name, RecoveryResult.Failed, record, error);
        }
    }

    /// <summary>
    /// Puts this process in charge of a change whose process is dead or silent; null when that one lives, or somebody else was faster.
    /// </summary>
    private async Task<PendingChange?> TakeOverAsync(ChangeRecord record, ObjectVersion version, CancellationToken cancellationToken)
    {
        if (!_leases.IsOver(record.Lease))
            return null;
        var taken = record with { Lease = _leases.Make(), RecoveredBy = _leases.Holder };
        var outcome = await Files
            .Places.Pending(record.Cluster)
            .WriteAsync(ChangeRecordJson.Write(taken), WriteCondition.IfMatch(version), cancellationToken)
            .ConfigureAwait(false);
        return outcome.Version is { } swapped ? new PendingChange(Files, taken, swapped, _leases) : null;
    }

    private static StateStoreException Busy(ChangeRecord other) =>
        new(
            StateErrorKind.Busy,
            $"{other.Lease?.Holder ?? other.Author.ToString()} is changing the cluster {other.Cluster} ({other.Title}) and has not "
                + $"ended; try again, "
                + $"at the latest after {other.Lease?.Expires.UtcDateTime:HH:mm:ss} UTC, when the change is taken over"
        );
}
