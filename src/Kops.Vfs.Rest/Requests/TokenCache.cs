namespace Kops.Vfs.Rest.Requests;

/// <summary>Keeps a credential until shortly before it expires. However many ask, one request is made.</summary>
/// <typeparam name="TToken">The credential.</typeparam>
/// <param name="fetch">Fetches one.</param>
/// <param name="expiry">When it ends; null where nobody says.</param>
/// <param name="margin">How long before that it is not used any more: longer than any one request waits.</param>
/// <param name="clock">The time.</param>
public sealed class TokenCache<TToken>(
    Func<CancellationToken, ValueTask<TToken>> fetch,
    Func<TToken, DateTimeOffset?> expiry,
    TimeSpan margin,
    TimeProvider clock
) : IDisposable
    where TToken : class
{
    private readonly SemaphoreSlim _fetching = new(1);
    private volatile TToken? _token;

    private TToken? Fresh => _token is { } token && !(expiry(token) - clock.GetUtcNow() < margin) ? token : null;

    /// <summary>The credential that is kept, or a new one.</summary>
    public async ValueTask<TToken> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh is { } known)
            return known;
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Fresh ?? (_token = await fetch(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>Forgets a credential that the service did not accept, unless another one has taken its place already.</summary>
    public void Forget(TToken token)
    {
        if (ReferenceEquals(_token, token))
            _token = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _fetching.Dispose();
}
