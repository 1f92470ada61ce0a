using System.Collections.Concurrent;
using Kops.Api.Values;
using Kops.StateStore.Errors;
using Kops.StateStore.Files;
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
    /// <summary>Versions of records that were given up and stand there empty, by cluster: who begins a change replaces them.</summary>
    private readonly ConcurrentDictionary<string, ObjectVersion> _givenUp = new(StringComparer.Ordinal);

    /// <summary>
    /// Told of the record of a process that died before it named a file, when another takes it over and before it is settled.
    /// </summary>
    public Func<ChangeRecord, CancellationToken, Task>? TakenOver { get; init; }

    public VfsPath Root { get; } = root;

    public KopsDirectory Places { get; } = new(root);

    public KeptContents Contents { get; } = new(new KopsDirectory(root));

    public LeaseRules Leases { get; } = new(clock, author, probe, options);

    public JournalOptions Options { get; } = options;

    public ChangeResolver Resolver => field ??= new ChangeResolver(Contents, new RecordedPlaces(Root, stores, Contents), Options.Width);

    /// <summary>The layout of a cluster that has no spec of its own: kOps' defaults.</summary>
    public ClusterLayout DefaultLayout(string cluster) => ClusterLayout.For(Root, cluster, null, stores);

    /// <summary>
    /// Writes the record of a change before its first file. Ends what a dead process left of the same cluster, and waits for a living one.
    /// </summary>
    /// <exception cref="StateStoreException">Another process did not end in time, or left a record that cannot be read.</exception>
    public async Task<PendingChange> BeginAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        var lease = Leases.Make(Leases.NewToken());
        PendingChange? begun = null;
        try
        {
            return begun = await TakeAsync(record with { Lease = lease }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (begun is null)
                LeaseRules.Drop(lease.Token);
        }
    }

    /// <summary>Ends what a dead or silent process left of a cluster. One read when there is nothing.</summary>
    /// <returns>What became of it; null when nothing was pending.</returns>
    public async Task<RecoveredChange?> RecoverAsync(string cluster, CancellationToken cancellationToken)
    {
        ChangeRecord? record = null;
        ObjectVersion? first = null;
        try
        {
            while (true)
            {
                if (await TryReadAsync(cluster, cancellationToken).ConfigureAwait(false) is not { } found)
                    return record is null ? null : new RecoveredChange(cluster, RecoveryResult.InProgress, record, null);
                record = found.Record;
                first ??= found.Version;
                using var taken = await TakeOverAsync(found, cancellationToken).ConfigureAwait(false);
                if (taken is not null)
                {
                    record = await Resolver.ResolveAsync(taken, null, null, cancellationToken).ConfigureAwait(false);
                    var result = record.Outcome is ChangeOutcome.Applied ? RecoveryResult.Finished : RecoveryResult.Undone;
                    return new RecoveredChange(cluster, result, record, null);
                }

                // Who gives signs of life, or is seen to live, ends it.
                if (found.Version != first || Leases.LifeOf(record.Lease) is ProcessLife.Alive)
                    return new RecoveredChange(cluster, RecoveryResult.InProgress, record, null);
                await Task.Delay(Options.Poll, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (LeaseLostException)
        {
            return new RecoveredChange(cluster, RecoveryResult.InProgress, record, null);
        }
        catch (KopsException error)
        {
            return new RecoveredChange(cluster, RecoveryResult.Failed, record, error);
        }
    }

    /// <summary>What is pending of a cluster, for those who only read: nothing is changed. One read.</summary>
    public async Task<RecoveredChange?> FindPendingAsync(string cluster, CancellationToken cancellationToken)
    {
        try
        {
            if (await TryReadAsync(ClusterName.Check(cluster), cancellationToken).ConfigureAwait(false) is not { } found)
                return null;
            var isDead = Leases.LifeOf(found.Record.Lease) is ProcessLife.Dead;
            return new(cluster, isDead ? RecoveryResult.Interrupted : RecoveryResult.InProgress, found.Record, null);
        }
        catch (KopsException error)
        {
            return new(PlainText.Of(cluster), RecoveryResult.Failed, null, error);
        }
    }

    /// <summary>What is pending in the store, for those who only read: nothing is changed. One listing when there is nothing.</summary>
    public async Task<IReadOnlyList<RecoveredChange>> ListPendingAsync(CancellationToken cancellationToken)
    {
        var results = new List<RecoveredChange>();
        await foreach (var entry in Places.AllPending.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                entry.Object is { Size: > 0 }
                && KopsDirectory.RecordName(entry.Path.Name) is { } name
                && await FindPendingAsync(name, cancellationToken).ConfigureAwait(false) is { } found
            )
                results.Add(found);
        }

        return results;
    }

    /// <summary>The pending record of a cluster; null when there is none, or one that was given up.</summary>
    /// <exception cref="StateStoreException">It is not valid.</exception>
    public async Task<PendingRecord?> TryReadAsync(string cluster, CancellationToken cancellationToken)
    {
        var path = Places.Pending(cluster);
        var found = await RecordFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (found is { Bytes.IsEmpty: true })
            _givenUp[cluster] = found.Version;
        else
            _givenUp.TryRemove(cluster, out _);
        return found is { Bytes.IsEmpty: false }
            ? new PendingRecord(ChangeRecordJson.Read(found.Bytes, cluster, path.ToString()), found.Version)
            : null;
    }

    /// <summary>
    /// The number of the next change that ends. To be asked by the holder of the pending record alone: nobody else ends one then. The
    /// newest is the first of the listing.
    /// </summary>
    public async Task<int> NextSerialAsync(string cluster, CancellationToken cancellationToken)
    {
        await foreach (var entry in Places.HistoryOf(cluster).ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (KopsDirectory.RecordName(entry.Path.Name) is { } name && ChangeReference.Parse(cluster, name) is { } newest)
                return Math.Min(newest.Serial + 1, ChangeReference.MaxSerial);
        }

        return 1;
    }

    /// <summary>How a change ended; null when no history holds it.</summary>
    public async Task<ChangeRecord?> FindEndedAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        await foreach (var entry in Places.HistoryOf(record.Cluster).ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                KopsDirectory.RecordName(entry.Path.Name) is not { } name
                || ChangeReference.Parse(record.Cluster, name)?.Name != record.Reference.Name
                || await RecordFile.ReadAsync(entry.Path, cancellationToken).ConfigureAwait(false) is not { } found
            )
                continue;
            var ended = ChangeRecordJson.Read(found.Bytes, record.Cluster, entry.Path.ToString());
            if (ended.Name == record.Name)
                return ended;
        }

        return null;
    }

    private async Task<PendingChange> TakeAsync(ChangeRecord leased, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var missing = 0;
        while (true)
        {
            var free = _givenUp.TryGetValue(leased.Cluster, out var empty) ? WriteCondition.IfMatch(empty) : WriteCondition.IfAbsent;
            if (await PutAsync(leased, free, cancellationToken).ConfigureAwait(false) is { } held)
                return held;
            if (await TryReadAsync(leased.Cluster, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                // The first time it was just given up. A store that says both for ever is no store.
                if (missing++ > 0)
                    await Task.Delay(Options.Poll, clock, cancellationToken).ConfigureAwait(false);
                if (missing > 1 && clock.GetElapsedTime(start) >= Options.Wait)
                    throw Contradictory(Places.Pending(leased.Cluster));
                continue;
            }

            if (found.Record.Lease?.Token == leased.Lease!.Token)
                return new PendingChange(this, found.Record, found.Version, start);
            using var taken = await TakeOverAsync(found, cancellationToken).ConfigureAwait(false);
            if (taken is not null)
                await SettleAsync(taken, cancellationToken).ConfigureAwait(false);
            else if (clock.GetElapsedTime(start) >= Options.Wait)
                throw Busy(found.Record);
            else
                await Task.Delay(Options.Poll, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends what another process left; one that is more alive than it seemed, or a third one, may be quicker.</summary>
    private async Task SettleAsync(PendingChange taken, CancellationToken cancellationToken)
    {
        try
        {
            await Resolver.ResolveAsync(taken, null, null, cancellationToken).ConfigureAwait(false);
        }
        catch (LeaseLostException)
        {
            // It is looked at again.
        }
    }

    /// <summary>
    /// Puts this process in charge of a change whose process is dead or silent; null when that one lives, or somebody else was faster.
    /// </summary>
    private async Task<PendingChange?> TakeOverAsync(PendingRecord found, CancellationToken cancellationToken)
    {
        if (!Leases.IsOver(found.Record, found.Version))
            return null;
        var lease = Leases.Make(Leases.NewToken(), (found.Record.Lease?.Beat ?? 0) + 1);
        PendingChange? taken = null;
        try
        {
            // Its number was that of another's word: the history tells it again.
            var serial = found.Record.Outcome is ChangeOutcome.Pending ? 0 : found.Record.Serial;
            var record = found.Record with { Serial = serial, Lease = lease, RecoveredBy = Leases.Holder };
            var put = await PutAsync(record, WriteCondition.IfMatch(found.Version), cancellationToken).ConfigureAwait(false);
            if (put is not null && TakenOver is not null && record is { IsBegun: false, Files.Count: 0 })
                await TakenOver(record, cancellationToken).ConfigureAwait(false);
            return taken = put;
        }
        finally
        {
            if (taken is null)
                LeaseRules.Drop(lease.Token);
        }
    }

    /// <summary>Writes a record that names this process; null when another record stands there.</summary>
    private async Task<PendingChange?> PutAsync(ChangeRecord record, WriteCondition condition, CancellationToken cancellationToken)
    {
        var sent = Leases.Timestamp;
        var bytes = ChangeRecordJson.Write(record);

        // It grows while it is carried out, and has to be read then.
        if (bytes.Length > RecordFile.MaxBytes / 2)
            throw new StateStoreException(
                StateErrorKind.Invalid,
                $"the change of {record.Cluster} has {record.Files.Count} files, more than one record can hold; do it in parts"
            );
        try
        {
            var outcome = await Places.Pending(record.Cluster).WriteAsync(bytes, condition, cancellationToken).ConfigureAwait(false);
            if (outcome.Version is { } version)
                return new PendingChange(this, record, version, sent);
        }
        catch (StoreException) when (!cancellationToken.IsCancellationRequested)
        {
            // The answer may have been lost after it was written.
            if (await FindOwnAsync().ConfigureAwait(false) is { } own)
                return own;
            throw;
        }

        return condition.Kind is WriteConditionKind.IfMatch ? await FindOwnAsync().ConfigureAwait(false) : null;

        async Task<PendingChange?> FindOwnAsync() =>
            await TryReadAsync(record.Cluster, cancellationToken).ConfigureAwait(false) is { } found
            && found.Record.Lease?.Token == record.Lease!.Token
                ? new PendingChange(this, found.Record, found.Version, sent)
                : null;
    }

    /// <summary>A store that gives answers of which one must be wrong.</summary>
    public static StoreException Contradictory(VfsPath path) =>
        new(StoreErrorKind.Unavailable, "write", path.ToString(), "the store gives contradictory answers", true);

    private StateStoreException Busy(ChangeRecord other)
    {
        var process = other.Lease?.Process;
        return new(
            StateErrorKind.Busy,
            $"{other.Lease?.Holder ?? other.Author.ToString()} is changing the cluster {other.Cluster} ({other.Title}) and has not ended; "
                + (
                    Leases.LifeOf(other.Lease) is ProcessLife.Alive
                        ? $"its process {process!.ProcessId} runs on this machine: let it end, or end it, and try again"
                        : $"try again: a record that stands unchanged for {Options.Lease.TotalSeconds:0} seconds is taken over"
                )
        );
    }
}
