using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;

namespace Kops.Vfs.Gcs.Server.Identity;

/// <summary>Who there is, and the tokens that they have been given.</summary>
public sealed class Accounts
{
    private readonly ConcurrentDictionary<string, (Account Account, DateTimeOffset Expires)> _tokens = new(StringComparer.Ordinal);
    private int _issued;

    /// <summary>May do everything in the buckets.</summary>
    public Account Owner { get; } = new("owner@kops-test.iam.gserviceaccount.com", mayUseBuckets: true);

    /// <summary>Is known, and may do nothing.</summary>
    public Account Other { get; } = new("other@kops-test.iam.gserviceaccount.com", mayUseBuckets: false);

    /// <summary>The client, its secret and the refresh token of a user who has signed in; the user is the owner.</summary>
    public (string ClientId, string ClientSecret, string RefreshToken) User { get; } = ("client-1", Secret(), Secret());

    /// <summary>A token of a foreign identity provider that the pool trusts, and the pool's provider; it may act as the owner.</summary>
    public (string Audience, string Token) Foreign { get; } =
        ("//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/test", Secret());

    /// <summary>How many tokens have been given.</summary>
    public int Issued => Volatile.Read(ref _issued);

    /// <summary>Makes all tokens invalid.</summary>
    public void RevokeTokens() => _tokens.Clear();

    internal IEnumerable<Account> All => [Owner, Other];

    internal string Issue(Account account, TimeSpan lifetime)
    {
        var token = "ya29." + Secret();
        _tokens[token] = (account, DateTimeOffset.UtcNow + lifetime);
        Interlocked.Increment(ref _issued);
        return token;
    }

    internal Account Authenticate(string? header)
    {
        if (header is null)
            throw new ApiException(
                HttpStatusCode.Unauthorized,
                "required",
                "Anonymous caller does not have storage.objects.get access to the Google Cloud Storage object."
            );
        return
            header.StartsWith("Bearer ", StringComparison.Ordinal)
            && _tokens.TryGetValue(header["Bearer ".Length..], out var known)
            && known.Expires > DateTimeOffset.UtcNow
            ? known.Account
            : throw new ApiException(HttpStatusCode.Unauthorized, "authError", "Invalid Credentials");
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
