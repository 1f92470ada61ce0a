using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Tokens of the program's own, which do not say how long they are valid.</summary>
/// <param name="give">Gives one.</param>
/// <param name="keep">How long it is kept here.</param>
/// <param name="clock">The time.</param>
internal sealed class GivenToken(Func<CancellationToken, Task<string>> give, TimeSpan keep, TimeProvider clock) : ITokenSource
{
    public async ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = await give(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not StoreException)
        {
            throw new SignInException($"the program's own credentials gave no access token: {e.Message}", cause: e);
        }

        return new GoogleToken(token, clock.GetUtcNow() + keep);
    }
}
