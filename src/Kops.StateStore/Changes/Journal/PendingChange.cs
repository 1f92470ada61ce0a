using Kops.Vfs;

namespace Kops.StateStore.Changes.Journal;

/// <summary>
/// A pending change that this process carries out. Each step that others must agree on is a compare-and-swap of the one pending record: who
/// carries it out, what was decided, how it ended. Whoever fails to swap is no longer in charge.
/// </summary>
internal sealed class PendingChange(JournalFiles files, ChangeRecord record, ObjectVersion version, LeaseMaker leases)
{
    private ObjectVersion _version = version;

    public ChangeRecord Record { get; private set; } = record;

    /// <summary>Gives a sign of life when the last one is old. To be called before each write.</summary>
    /// <exception cref="LeaseLostException">Another process is in charge.</exception>
    public ValueTask KeepAsync(CancellationToken cancellationToken) =>
        leases.IsFresh(Record.Lease!) ? ValueTask.CompletedTask : new ValueTask(SwapAsync(Record, cancellationToken));

    /// <summary>Records what becomes of the change.</summary>
    public Task DecideAsync(Decision decision, CancellationToken cancellationToken) =>
        SwapAsync(Record with { Decision = decision }, cancellationToken);

    /// <summary>Records how the change ended, and moves it to the history.</summary>
    public async Task EndAsync(ChangeOutcome outcome, IReadOnlyList<string> remaining, CancellationToken cancellationToken)
    {
        await SwapAsync(Record with { Outcome = outcome, Remaining = remaining, Finished = leases.Now }, cancellationToken)
            .ConfigureAwait(false);
        await CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a change that has ended to the history. It may be there already.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        var ended = ChangeRecordJson.Write(Record with { Lease = null, Decision = null });
        await files
            .Places.History(Record.Cluster, Record.Id)
            .WriteAsync(ended, WriteCondition.IfAbsent, cancellationToken)
            .ConfigureAwait(false);
        await DiscardAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a change of which nothing was written.</summary>
    public async Task DiscardAsync(CancellationToken cancellationToken) =>
        await files.Places.Pending(Record.Cluster).DeleteAsync(WriteCondition.IfMatch(_version), cancellationToken).ConfigureAwait(false);

    private async Task SwapAsync(ChangeRecord changed, CancellationToken cancellationToken)
    {
        changed = changed with { Lease = leases.Make(Record.Lease!.Token) };
        var outcome = await files
            .Places.Pending(Record.Cluster)
            .WriteAsync(ChangeRecordJson.Write(changed), WriteCondition.IfMatch(_version), cancellationToken)
            .ConfigureAwait(false);
        if (outcome.Version is not { } version)
            throw new LeaseLostException();
        (Record, _version) = (changed, version);
    }
}
