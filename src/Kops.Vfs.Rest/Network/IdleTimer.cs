namespace Kops.Vfs.Rest.Network;

/// <summary>A token that is cancelled when nothing has been heard for a while.</summary>
internal sealed class IdleTimer : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;

    internal IdleTimer(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _timer = new CancellationTokenSource(timeout, clock);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
    }

    internal CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }

    /// <summary>Says that a byte has moved.</summary>
    internal void Touch() => _timer.CancelAfter(_timeout);

    internal IOException Expired(Exception cause) => new($"nothing was heard from the server for {_timeout.TotalSeconds:0} seconds", cause);
}
