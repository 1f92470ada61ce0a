using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Lock;

/// <summary>
/// The line of those who wait for a lock. Each leaves a ticket, an object below <see cref="LockLayer.QueuePrefix"/>, and who came first by
/// the store's clock tries first. It decides when somebody tries, and never who has the lock: where tickets cannot be written, are listed
/// late, or were left by programs that died, turns are less fair, and that is all.
/// </summary>
internal sealed class LockQueue(IStoreDriver store, LockOptions options, TimeProvider clock)
{
    /// <summary>Tickets beyond these are not looked at: somebody may have left very many.</summary>
    private const int MaxTickets = 16;

    private const int MostPolls = 8;

    private string? _ticket;
    private IReadOnlyList<string> _ahead = [];
    private IReadOnlyList<string> _passed = [];
    private long? _freeSince;

    /// <summary>
    /// After how many polls to look again: who comes next looks often, those behind keep the store less busy. Null without a ticket.
    /// </summary>
    internal int? Polls =>
        _freeSince is not null ? 1
        : _ticket is not null ? Math.Min(_ahead.Count + 1, MostPolls)
        : null;

    /// <summary>Leaves a ticket, where none was left yet.</summary>
    internal async ValueTask JoinAsync(CancellationToken cancellationToken)
    {
        if (_ticket is not null)
            return;
        var ticket = LockLayer.QueuePrefix + Guid.NewGuid().ToString("N");
        var body = LockClaim.New(options.Holder, clock.GetUtcNow());
        if (
            await TryAsync(async () => _ = await store.PutAsync(ticket, body, WriteCondition.Any, cancellationToken).ConfigureAwait(false))
                .ConfigureAwait(false)
        )
            _ticket = ticket;
        await LookAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether to try for a lock that was found free: nobody came before, or those who did have left it free for as long as each of them
    /// had to take it.
    /// </summary>
    internal async ValueTask<bool> IsMyTurnAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken).ConfigureAwait(false);
        _freeSince ??= clock.GetTimestamp();
        var isMine = clock.GetElapsedTime(_freeSince.Value) >= options.Poll * 2 * _ahead.Count;
        _passed = isMine ? _ahead : [];
        return isMine;
    }

    /// <summary>The lock was found taken.</summary>
    /// <param name="isNews">Whether by somebody, or at a time, that was not known: the line may have moved on.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    internal async ValueTask WasTakenAsync(bool isNews, CancellationToken cancellationToken)
    {
        (_freeSince, _passed) = (null, []);
        if (isNews && _ticket is not null)
            await LookAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the ticket away, and those that were passed by: nobody seems to wait with them any more.</summary>
    /// <param name="hasLock">Whether the wait has ended with the lock.</param>
    internal async ValueTask LeaveAsync(bool hasLock)
    {
        var tickets = hasLock ? _passed.ToList() : [];
        if (_ticket is { } mine)
            tickets.Add(mine);
        (_ticket, _ahead, _passed, _freeSince) = (null, [], [], null);
        using var limit = new CancellationTokenSource(options.Lease / 4, clock);
        try
        {
            foreach (var ticket in tickets)
                await TryAsync(() => LockClaim.RemoveAsync(store, ticket, limit.Token).AsTask()).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever passes them by takes them away.
        }
    }

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var tickets = new List<ObjectInfo>();
        await TryAsync(async () =>
            {
                await foreach (var entry in store.ListAsync(LockLayer.QueuePrefix, ListDepth.Tree, cancellationToken).ConfigureAwait(false))
                {
                    if (entry.Object is { } ticket)
                        tickets.Add(ticket);
                    if (tickets.Count > 4 * MaxTickets)
                        break;
                }
            })
            .ConfigureAwait(false);
        IReadOnlyList<string> ahead =
        [
            .. tickets
                .OrderBy(ticket => ticket.LastModified)
                .ThenBy(ticket => ticket.Key, StringComparer.Ordinal)
                .Select(ticket => ticket.Key)
                .TakeWhile(key => key != _ticket)
                .Take(MaxTickets),
        ];
        // Somebody went, or came: each who is before has its time anew.
        if (!ahead.SequenceEqual(_ahead))
            _freeSince = null;
        _ahead = ahead;
    }

    /// <summary>Does what may fail without harm; a wait that is stopped ends all the same.</summary>
    private static async ValueTask<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
