using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Lock;

/// <summary>
/// A lock made of one object in a store that can neither create nor replace atomically. It compares no clocks; it relies on this alone:
/// a read sees the last completed write, clocks run about equally fast, and what was sent has its effect within half a lease or never.
/// </summary>
/// <remarks>
/// <para>
/// <b>Claim.</b> Look; where nothing stands, or what stands has not changed for a whole lease under the eyes of this writer, write a claim
/// over it. Wait <see cref="LockOptions.Settle"/>, look again: whose claim stands then has the lock. A writer whose claim took as long
/// as that, from its first look to the answer, waits for a whole lease instead, in which it renews the claim. So two never hold the lock:
/// let P's claim stand at P's second look, and Q's claim be written after that. Q's first look saw no claim of P, so it came before P's
/// claim was written, and hence more than a settle before Q's claim was: Q waits for a lease, and P, whose claim no longer stands, has
/// stopped by then. (This is Fischer's algorithm; that each writer measures itself replaces its bound on how long a write may take.)
/// </para>
/// <para>
/// <b>Lease.</b> A holder writes its claim anew every quarter of a lease, and stops all that it does once half of one has passed
/// since its last sign of life was sent. Who waits takes over after a whole one. Claims are written over and never deleted to take over, so
/// there is no moment in which the lock seems free. The holder alone deletes it, after a look, and within its half.
/// </para>
/// <para>
/// <b>Fence.</b> After each conditional write the lock is looked at again: only when the claim still stands has the write succeeded.
/// </para>
/// </remarks>
internal sealed class StoreLock : IAsyncDisposable
{
    private readonly IStoreDriver _store;
    private readonly string _address;
    private readonly LockOptions _options;
    private readonly TimeProvider _clock;
    private readonly LockQueue _queue;
    private readonly SemaphoreSlim _claiming = new(1);
    private readonly System.Threading.Lock _gate = new();
    private LockHold? _hold;
    private ObjectVersion? _seen;
    private long _seenSince;
    private int _waits;
    private bool _told;
    private bool _disposed;

    internal StoreLock(IStoreDriver store, string address, LockOptions options, TimeProvider clock)
    {
        (_store, _address, _options, _clock) = (store, address, options, clock);
        _queue = new LockQueue(store, options, clock);
    }

    /// <summary>Waits for the lock, where this program does not hold it already.</summary>
    /// <param name="operation">What it is wanted for.</param>
    /// <param name="isPointless">Whether the write has become pointless while it waited; null for never.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The use of the lock, to be disposed after the write; null when that is pointless.</returns>
    internal async ValueTask<LockUse?> EnterAsync(
        string operation,
        Func<CancellationToken, ValueTask<bool>>? isPointless,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (TryUse() is { } ready)
            return ready;
        await _claiming.WaitAsync(cancellationToken).ConfigureAwait(false);
        var hasLock = false;
        try
        {
            var start = _clock.GetTimestamp();
            for (var tries = 0; ; tries++)
            {
                if (TryUse() is { } use)
                    return use;
                if (_hold is { } old)
                {
                    var isOthersTurn = await old.EndAsync().ConfigureAwait(false);
                    lock (_gate)
                        _hold = null;
                    if (isOthersTurn)
                        await PauseAsync(2, cancellationToken).ConfigureAwait(false);
                }

                if (isPointless is not null && await isPointless(cancellationToken).ConfigureAwait(false))
                    return null;
                if (!_told)
                    _options.Tell?.Invoke(
                        $"{_address} cannot check conditions itself: writes are guarded by the lock object {LockLayer.Key}"
                    );
                _told = true;
                if (await TryClaimAsync(cancellationToken).ConfigureAwait(false) is { } hold)
                {
                    lock (_gate)
                        _hold = hold;
                    _waits = 0;
                    hasLock = true;
                    continue;
                }

                await WaitAsync(operation, start, tries, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await _queue.LeaveAsync(hasLock).ConfigureAwait(false);
            _claiming.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_hold is { } hold)
            await hold.EndAsync(now: true).ConfigureAwait(false);
        _claiming.Dispose();
    }

    private LockUse? TryUse()
    {
        lock (_gate)
            return _hold?.TryUse();
    }

    private async ValueTask<LockHold?> TryClaimAsync(CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var found = (await _store.StatAsync(LockLayer.Key, cancellationToken).ConfigureAwait(false))?.Version;
        if (found is { } claimed)
        {
            var isNews = _seen != claimed;
            if (!HasExpired(claimed))
            {
                await _queue.WasTakenAsync(isNews, cancellationToken).ConfigureAwait(false);
                return null;
            }
        }
        else
        {
            if (!await _queue.IsMyTurnAsync(cancellationToken).ConfigureAwait(false))
                return null;
            // What is measured begins with the look.
            if (_clock.GetElapsedTime(start) >= _options.Settle / 4)
            {
                start = _clock.GetTimestamp();
                if (await _store.StatAsync(LockLayer.Key, cancellationToken).ConfigureAwait(false) is not null)
                    return null;
            }
        }

        // The hint makes a late claim fail on servers that look, if not atomically.
        var condition = found is null ? WriteCondition.IfAbsent : WriteCondition.Any;
        using var late = new CancellationTokenSource(_options.Lease / 4, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        WriteOutcome claim;
        try
        {
            claim = await _store
                .PutAsync(LockLayer.Key, LockClaim.New(_options.Holder, _clock.GetUtcNow()), condition, limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        if (claim.Version is not { } mine || _clock.GetElapsedTime(start) >= _options.Lease / 4)
            return null;
        if (_clock.GetElapsedTime(start) >= _options.Settle)
            return await OutlastAsync(mine, start, cancellationToken).ConfigureAwait(false);
        await Task.Delay(_options.Settle, _clock, cancellationToken).ConfigureAwait(false);
        var stands = (await _store.StatAsync(LockLayer.Key, cancellationToken).ConfigureAwait(false))?.Version;
        return stands == mine && _clock.GetElapsedTime(start) < _options.Lease / 4
            ? new LockHold(_store, _address, mine, start, _options, _clock)
            : null;
    }

    /// <summary>
    /// Keeps a claim that was made slowly for a whole lease, until nobody can hold the lock whose claim it may have replaced.
    /// </summary>
    private async ValueTask<LockHold?> OutlastAsync(ObjectVersion mine, long start, CancellationToken cancellationToken)
    {
        var hold = new LockHold(_store, _address, mine, start, _options, _clock, isSlow: true);
        using var use = hold.TryUse();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        await Task.Delay(_options.Lease, _clock, both.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (use is not null && !hold.Lost.IsCancellationRequested && await hold.VerifyAsync(cancellationToken).ConfigureAwait(false))
            return hold;
        return null;
    }

    /// <summary>Whether a claim has stood for a whole lease without a sign of life, by this writer's own clock.</summary>
    private bool HasExpired(ObjectVersion found)
    {
        if (_seen == found)
            return _clock.GetElapsedTime(_seenSince) >= _options.Lease;
        (_seen, _seenSince) = (found, _clock.GetTimestamp());
        return false;
    }

    private async ValueTask WaitAsync(string operation, long start, int tries, CancellationToken cancellationToken)
    {
        if (_clock.GetElapsedTime(start) > _options.Patience)
        {
            var holder = await LockClaim.DescribeAsync(_store, LockLayer.Key, cancellationToken).ConfigureAwait(false);
            throw new StoreException(
                StoreErrorKind.Unavailable,
                operation,
                _address,
                $"others have held the lock {LockLayer.Key} for {_options.Patience.TotalMinutes:0.#} minutes (now {holder}); try again "
                    + $"when they have finished",
                isTransient: true
            );
        }

        // Long enough for a command that goes on, as most do.
        if (tries == 3 && _options.Tell is { } tell)
            tell(
                $"waiting for the lock of {_address}, held by "
                    + $"{await LockClaim.DescribeAsync(_store, LockLayer.Key, cancellationToken).ConfigureAwait(false)}; without a sign "
                    + $"of life it is free after {_options.Lease.TotalSeconds:0} seconds"
            );
        // Who comes for a moment leaves no ticket.
        if (tries > 0)
            await _queue.JoinAsync(cancellationToken).ConfigureAwait(false);
        await PauseAsync(_queue.Polls ?? 1 << Math.Min(_waits++, 3), cancellationToken).ConfigureAwait(false);
    }

    private Task PauseAsync(int polls, CancellationToken cancellationToken) =>
        Task.Delay(_options.Poll * polls * (0.5 + Random.Shared.NextDouble()), _clock, cancellationToken);
}
