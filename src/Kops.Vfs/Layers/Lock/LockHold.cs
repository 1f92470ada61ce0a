using Kops.Vfs.Drivers;

namespace Kops.Vfs.Layers.Lock;

/// <summary>
/// The time for which this program holds the lock: it renews its claim, and releases it when nobody has used it for a while.
/// </summary>
internal sealed class LockHold : IDisposable
{
    private readonly IStoreDriver _store;
    private readonly LockOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _wake = new();
    private readonly SemaphoreSlim _talking = new(1);
    private readonly System.Threading.Lock _gate = new();
    private readonly long _since;
    private readonly bool _isSlow;
    private readonly Task _keeping;
    private ObjectVersion _claim;
    private long _confirmed;
    private long _idleSince;
    private int _users;
    private bool _ending;
    private bool _hurried;
    private int _looksBegun;
    private int _looksDone;

    /// <param name="store">The store, without the lock.</param>
    /// <param name="address">What users write for it.</param>
    /// <param name="claim">The version of the claim.</param>
    /// <param name="sent">When the claim began to be made.</param>
    /// <param name="options">The times.</param>
    /// <param name="clock">The time.</param>
    /// <param name="isSlow">Whether the claim was made slowly, so that a lease has to pass before it counts.</param>
    internal LockHold(
        IStoreDriver store,
        string address,
        ObjectVersion claim,
        long sent,
        LockOptions options,
        TimeProvider clock,
        bool isSlow = false
    )
    {
        (_store, Address, _claim, _confirmed, _options, _clock) = (store, address, claim, sent, options, clock);
        _since = _idleSince = clock.GetTimestamp();
        _isSlow = isSlow;
        _lost = new CancellationTokenSource(Remaining, clock);
        Lost = _lost.Token;
        _keeping = Task.Run(KeepAsync);
    }

    public void Dispose()
    {
        _lost.Dispose();
        _wake.Dispose();
        _talking.Dispose();
    }

    internal string Address { get; }

    /// <summary>Cancelled when the lock must not be relied on any longer.</summary>
    internal CancellationToken Lost { get; }

    /// <summary>Whether others should have their turn.</summary>
    private bool IsOver => _clock.GetElapsedTime(_since) > _options.Turn + (_isSlow ? _options.Lease : TimeSpan.Zero);

    /// <summary>What is left of the half of the lease for which a claim may be used.</summary>
    private TimeSpan Remaining =>
        _options.Lease / 2 - _clock.GetElapsedTime(_confirmed) is var left && left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1);

    /// <summary>Begins a use; null when the lock is being given back, or lost.</summary>
    internal LockUse? TryUse()
    {
        lock (_gate)
        {
            if (_ending || Lost.IsCancellationRequested || IsOver)
                return null;
            _users++;
            return new LockUse(this);
        }
    }

    internal void Leave()
    {
        lock (_gate)
        {
            _users--;
            _idleSince = _clock.GetTimestamp();
        }
    }

    /// <summary>Waits until the lock has been given back.</summary>
    /// <param name="now">Whether not to wait for a next use.</param>
    /// <returns>Whether others should have their turn first.</returns>
    internal async ValueTask<bool> EndAsync(bool now = false)
    {
        if (now)
        {
            lock (_gate)
                _hurried = true;
            await _wake.CancelAsync().ConfigureAwait(false);
        }

        await _keeping.ConfigureAwait(false);
        // Where the lock was lost, writes may still be finding out.
        if (Volatile.Read(ref _users) == 0)
            Dispose();
        return IsOver;
    }

    /// <summary>
    /// Looks whether the claim still stands. Many who ask at once share a look, which begins after the last of them has asked.
    /// </summary>
    internal async ValueTask<bool> VerifyAsync(CancellationToken cancellationToken)
    {
        var mine = Volatile.Read(ref _looksBegun) + 1;
        await _talking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_looksDone >= mine)
                return !Lost.IsCancellationRequested;
            var look = ++_looksBegun;
            if (!await StandsAsync(cancellationToken).ConfigureAwait(false))
                await _lost.CancelAsync().ConfigureAwait(false);
            _looksDone = look;
            return !Lost.IsCancellationRequested;
        }
        finally
        {
            _talking.Release();
        }
    }

    private async Task KeepAsync()
    {
        var tick = _options.Linger / 2 is var half && half < _options.Lease / 16 ? half : _options.Lease / 16;
        while (!Lost.IsCancellationRequested)
        {
            if (TryEnd())
            {
                await ReleaseAsync().ConfigureAwait(false);
                break;
            }

            if (_clock.GetElapsedTime(_confirmed) > _options.Lease / 4)
                await RenewAsync().ConfigureAwait(false);
            // Woken to end, it still waits for the writes that are under way.
            var pause = Task.Delay(
                tick > TimeSpan.FromMilliseconds(10) ? tick : TimeSpan.FromMilliseconds(10),
                _clock,
                _hurried ? CancellationToken.None : _wake.Token
            );
            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_gate)
            _ending = true;
    }

    private bool TryEnd()
    {
        lock (_gate)
        {
            var isDue = _hurried || _clock.GetElapsedTime(_idleSince) >= _options.Linger || IsOver;
            return _ending = _users == 0 && isDue;
        }
    }

    private async ValueTask RenewAsync()
    {
        try
        {
            await _talking.WaitAsync(Lost).ConfigureAwait(false);
            try
            {
                var sent = _clock.GetTimestamp();
                if (
                    await StandsAsync(Lost).ConfigureAwait(false)
                    && await _store
                        .PutAsync(LockLayer.Key, LockClaim.New(_options.Holder, _clock.GetUtcNow()), WriteCondition.Any, Lost)
                        .ConfigureAwait(false)
                        is { Version: { } renewed }
                )
                {
                    (_claim, _confirmed) = (renewed, sent);
                    _lost.CancelAfter(Remaining);
                    return;
                }

                await _lost.CancelAsync().ConfigureAwait(false);
            }
            finally
            {
                _talking.Release();
            }
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            // Tried again at the next tick, as long as there is time.
        }
    }

    /// <summary>Removes the claim. What fails here costs others a lease, and nothing else.</summary>
    private async ValueTask ReleaseAsync()
    {
        try
        {
            if (await StandsAsync(Lost).ConfigureAwait(false))
                await LockClaim.RemoveAsync(_store, LockLayer.Key, Lost).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException) { }
    }

    private async ValueTask<bool> StandsAsync(CancellationToken cancellationToken) =>
        (await _store.StatAsync(LockLayer.Key, cancellationToken).ConfigureAwait(false))?.Version == _claim;
}
