using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Credentials that give access tokens.</summary>
internal interface ITokenSource
{
    /// <summary>Gets a new token.</summary>
    /// <param name="scope">What it shall be good for.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <exception cref="SignInException">The credentials are wrong, or their server fails.</exception>
    ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken);
}
