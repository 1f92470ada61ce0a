using System.Net.Http;

namespace Kops.Vfs.Oss.Identity;

/// <summary>The key that requests are signed with: the one that was given, or the instance's, renewed before it ends.</summary>
internal sealed class OssKeys(OssOptions options, HttpClient http, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _renewing = new(1);
    private readonly InstanceRole _role = new(options, http);
    private volatile OssAccessKey? _key;

    public void Dispose() => _renewing.Dispose();

    internal async ValueTask<OssAccessKey> GetAsync(CancellationToken cancellationToken)
    {
        if (options.AccessKey is { } given)
            return given;
        if (IsGood(_key))
            return _key!;
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsGood(_key))
                _key = await _role.FetchAsync(cancellationToken).ConfigureAwait(false);
            return _key!;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Forgets a key that was refused; says whether there may be another one.</summary>
    internal bool Forget(OssAccessKey key)
    {
        if (options.AccessKey is not null)
            return false;
        if (ReferenceEquals(_key, key))
            _key = null;
        return true;
    }

    private bool IsGood(OssAccessKey? key) => key is not null && (key.Expires is not { } end || clock.GetUtcNow() < end - Early);
}
