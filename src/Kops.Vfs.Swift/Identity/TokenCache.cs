namespace Kops.Vfs.Swift.Identity;

/// <summary>Keeps a token until shortly before it expires. However many ask, one request is made.</summary>
internal sealed class TokenCache(Func<CancellationToken, ValueTask<SwiftToken>> fetch, TimeProvider clock) : IDisposable
{
    /// <summary>Longer than any one request waits.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _fetching = new(1);
    private volatile SwiftToken? _token;

    public void Dispose() => _fetching.Dispose();

    internal async ValueTask<SwiftToken> GetAsync(CancellationToken cancellationToken)
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

    /// <summary>Forgets a token that the service did not accept, unless another one has taken its place already.</summary>
    internal void Forget(SwiftToken token)
    {
        if (ReferenceEquals(_token, token))
            _token = null;
    }

    private SwiftToken? Fresh => _token is { } token && !(token.Expires - clock.GetUtcNow() < Margin) ? token : null;
}
