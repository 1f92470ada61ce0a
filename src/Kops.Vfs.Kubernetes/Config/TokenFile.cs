using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>
/// A token in a file that somebody else renews, as the kubelet does in pods. It is read again every minute, and when it was refused.
/// </summary>
internal sealed class TokenFile(string file, string origin, string cure, TimeProvider clock) : ICredentialSource
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private volatile KubeCredential? _known;
    private long _read;

    public string Cure => cure;

    public ValueTask<KubeCredential> GetAsync(CancellationToken cancellationToken)
    {
        if (_known is { } known && clock.GetElapsedTime(Interlocked.Read(ref _read)) < KeptFor)
            return ValueTask.FromResult(known);
        try
        {
            var token = File.ReadAllText(file).Trim();
            if (token.Length == 0)
                throw new SignInException($"the token file {file} is empty ({origin})");
            // The same object as long as it is the same token: that tells whether a refused one has been renewed.
            var fresh =
                _known is { } last && last.Authorization == "Bearer " + token
                    ? last
                    : new KubeCredential { Origin = origin, Authorization = "Bearer " + token };
            Interlocked.Exchange(ref _read, clock.GetTimestamp());
            return ValueTask.FromResult(_known = fresh);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignInException($"the token file {file} cannot be read: {e.Message} ({origin})", cause: e);
        }
    }

    public bool Forget(KubeCredential refused)
    {
        try
        {
            if (File.ReadAllText(file).Trim() is var token && refused.Authorization == "Bearer " + token)
                return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        if (ReferenceEquals(_known, refused))
            _known = null;
        return true;
    }
}
