namespace Kops.Vfs.Gcs.Credentials;

/// <summary>
/// A user who has signed in with gcloud, with a Google account or through a workforce pool: a refresh token is exchanged for a token.
/// </summary>
/// <param name="clientId">The program that the user signed in with.</param>
/// <param name="clientSecret">Its secret.</param>
/// <param name="refreshToken">What the sign-in left.</param>
/// <param name="tokenUri">Where it is exchanged.</param>
/// <param name="inHeader">Whether the client stands in the Authorization header and not in the form.</param>
/// <param name="endpoint">Sends the request.</param>
internal sealed class RefreshToken(
    string clientId,
    string clientSecret,
    string refreshToken,
    Uri tokenUri,
    bool inHeader,
    TokenEndpoint endpoint
) : ITokenSource
{
    public ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = refreshToken,
        };
        if (!inHeader)
            (form["client_id"], form["client_secret"]) = (clientId, clientSecret);
        return endpoint.RequestAsync(tokenUri, form, inHeader ? (clientId, clientSecret) : null, "the gcloud user", cancellationToken);
    }
}
