namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Keeps a token until shortly before it expires. However many ask, one request is made.</summary>
internal sealed class TokenCache(ITokenSource source, TimeProvider clock) : IDisposable
{
    /// <summary>Longer than any one request waits, and less than the five minutes for which the metadata server keeps its own.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(4);

    private readonly SemaphoreSlim _fetching = new(1);
    private volatile GoogleToken? _token;

    public void Dispose() => _fetching.Dispose();

    internal async ValueTask<GoogleToken> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh is { } known)
            return known;
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Fresh ?? (_token = await source.FetchAsync(Scopes.Storage, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>Forgets a token that the service did not accept, unless another one has taken its place already.</summary>
    internal void Forget(GoogleToken token)
    {
        if (ReferenceEquals(_token, token))
            _token = null;
    }

    private GoogleToken? Fresh => _token is { } token && token.Expires - clock.GetUtcNow() > Margin ? token : null;
}
