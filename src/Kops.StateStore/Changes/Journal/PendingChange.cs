using Kops.StateStore.Files;
using Kops.StateStore.Layout;
using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// A pending change that this process carries out. Each step that others must agree on is a compare-and-swap of the one pending record: who
/// carries it out, what was decided, how it ended. Whoever fails to swap is no longer in charge, and writes nothing more.
/// Disposed of, it is nobody's in this process: what is left of it, whoever comes next settles.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="record">The record as it stands.</param>
/// <param name="version">Its version.</param>
/// <param name="sent">When its last writing was sent, by this process's clock.</param>
internal sealed class PendingChange(ChangeJournal journal, ChangeRecord record, ObjectVersion version, long sent) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, RecordedFile> _confirmed = [];
    private readonly string _token = record.Lease!.Token;
    private ChangeRecord _record = record;
    private ObjectVersion _version = version;
    private long _sent = sent;

    /// <summary>The record as it was written last, with what the store has confirmed since.</summary>
    public ChangeRecord Record
    {
        get
        {
            lock (_gate)
            {
                if (_confirmed.Count == 0)
                    return _record;
                var files = _record.Files.ToArray();
                foreach (var (index, file) in _confirmed)
                    files[index] = file;
                _confirmed.Clear();
                return _record = _record with { Files = files };
            }
        }
        private set
        {
            lock (_gate)
                _record = value;
        }
    }

    /// <summary>The mark that the write of a file bears.</summary>
    public string MarkOf(int file) => _record.MarkOf(file);

    private VfsPath Path => journal.Places.Pending(Record.Cluster);

    /// <summary>Gives a sign of life when the last one is old. To be called before each write.</summary>
    /// <exception cref="LeaseLostException">Another process is in charge.</exception>
    public ValueTask KeepAsync(CancellationToken cancellationToken) =>
        journal.Leases.IsFresh(_sent) ? ValueTask.CompletedTask : new ValueTask(SwapAsync(Record, cancellationToken));

    /// <summary>Records that files are written from now on.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => SwapAsync(Record with { IsBegun = true }, cancellationToken);

    /// <summary>Notes that the store has confirmed a step. The next swap records it.</summary>
    public void Confirm(int file, WriteOutcome outcome)
    {
        lock (_gate)
        {
            _confirmed[file] = _record.Files[file] with { IsConfirmed = true, AfterVersion = outcome.Version?.Value };
        }
    }

    /// <summary>Records what is going to be done, where the record named nothing yet.</summary>
    /// <exception cref="LeaseLostException">Another process is in charge.</exception>
    public Task FillAsync(ChangeRecord filled, CancellationToken cancellationToken) =>
        SwapAsync(filled with { Name = Record.Name, Lease = Record.Lease, Streams = Record.Streams }, cancellationToken);

    /// <summary>Records what was confirmed.</summary>
    public Task RecordAsync(CancellationToken cancellationToken) => SwapAsync(Record, cancellationToken);

    /// <summary>Records what becomes of the change.</summary>
    public Task DecideAsync(Decision decision, CancellationToken cancellationToken) =>
        SwapAsync(Record with { Decision = decision }, cancellationToken);

    /// <summary>Gives the change its number. The next swap records it.</summary>
    public async Task NumberAsync(CancellationToken cancellationToken)
    {
        if (Record.Serial == 0)
            Record = Record with { Serial = await journal.NextSerialAsync(Record.Cluster, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Records how the change ended, and moves it to the history.</summary>
    public async Task EndAsync(ChangeOutcome outcome, IReadOnlyList<string> remaining, CancellationToken cancellationToken)
    {
        await NumberAsync(cancellationToken).ConfigureAwait(false);
        await SwapAsync(
                Record with
                {
                    Outcome = outcome,
                    Remaining = remaining,
                    Finished = Record.Finished ?? journal.Leases.Now,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a change that has ended to the history. It may be there already.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        var ended = ChangeRecordJson.Write(Record with { Lease = null, Decision = null });
        _ = await journal
            .Places.History(Record.Cluster, Record.Reference.FileName)
            .WriteAsync(ended, WriteCondition.IfAbsent, cancellationToken)
            .ConfigureAwait(false);
        _ = await ReleaseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a change of which nothing was written.</summary>
    /// <exception cref="LeaseLostException">Another process was in charge, and may have ended it in another way.</exception>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        while (!await ReleaseAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await journal.TryReadAsync(Record.Cluster, cancellationToken).ConfigureAwait(false) is { } found)
                Adopt(found);
            else if (await journal.FindEndedAsync(Record, cancellationToken).ConfigureAwait(false) is null)
                return;
            else
                throw new LeaseLostException();
        }
    }

    /// <summary>Takes back in memory what the store has confirmed, where it is known to stand.</summary>
    public void Trust(IReadOnlyList<RecordedFile> confirmed) => Record = Record with { Files = confirmed };

    public void Dispose() => LeaseRules.Drop(_token);

    private async Task SwapAsync(ChangeRecord changed, CancellationToken cancellationToken)
    {
        while (true)
        {
            changed = changed with { Lease = journal.Leases.Make(Record.Lease!.Token, Record.Lease.Beat + 1) };
            var now = journal.Leases.Timestamp;
            var outcome = await Path.WriteAsync(ChangeRecordJson.Write(changed), WriteCondition.IfMatch(_version), cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Version is { } version)
            {
                (Record, _version, _sent) = (changed, version, now);
                return;
            }

            await AdoptAsync(cancellationToken).ConfigureAwait(false);
            if (Record.Outcome is not ChangeOutcome.Pending)
                return;
        }
    }

    /// <returns>Whether the record was this process's until now.</returns>
    private Task<bool> ReleaseAsync(CancellationToken cancellationToken) => RecordFile.GiveUpAsync(Path, _version, cancellationToken);

    /// <summary>After a conflict: a swap whose answer was lost may stand there, and then this process is still in charge.</summary>
    /// <exception cref="LeaseLostException">It is not.</exception>
    private async Task AdoptAsync(CancellationToken cancellationToken) =>
        Adopt(await journal.TryReadAsync(Record.Cluster, cancellationToken).ConfigureAwait(false) ?? throw new LeaseLostException());

    private void Adopt(PendingRecord found)
    {
        if (found.Record.Name != Record.Name || found.Record.Lease?.Token != Record.Lease!.Token)
            throw new LeaseLostException();
        if (found.Version == _version)
            throw ChangeJournal.Contradictory(Path);
        (Record, _version) = (found.Record with { Files = Record.Files }, found.Version);
    }
}
