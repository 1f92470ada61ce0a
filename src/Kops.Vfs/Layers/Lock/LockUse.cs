namespace Kops.Vfs.Layers.Lock;

/// <summary>The use of a held lock for one write. Dispose it after the write.</summary>
internal sealed class LockUse(LockHold hold) : IDisposable
{
    private int _left = 1;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 0) == 1)
            hold.Leave();
    }

    /// <summary>Does something that stops when the lock is lost.</summary>
    internal async ValueTask<T> RunAsync<T>(
        string operation,
        Func<CancellationToken, ValueTask<T>> action,
        CancellationToken cancellationToken
    )
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hold.Lost);
        try
        {
            return await action(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (hold.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StoreException(
                StoreErrorKind.Unavailable,
                operation,
                hold.Address,
                "the lock of the store could not be kept, so this was stopped; it cannot be told whether it happened: look, then try again",
                false,
                e
            );
        }
    }

    /// <summary>Whether the claim still stands in the store, by a look that began after this call.</summary>
    internal ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken) => hold.VerifyAsync(cancellationToken);
}
