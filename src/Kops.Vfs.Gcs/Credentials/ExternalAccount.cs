using Kops.Vfs.Rest.Reading;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>
/// An identity of somebody else (GitHub, Kubernetes, Azure, any OpenID provider): its token is exchanged at Google's security token
/// service (RFC 8693).
/// </summary>
/// <remarks>Source: "Workload identity federation", AIP-4117.</remarks>
internal sealed class ExternalAccount(SubjectToken subject, TokenEndpoint endpoint) : ITokenSource
{
    private const string Who = "workload identity";

    internal required string Audience { get; init; }

    internal required string SubjectTokenType { get; init; }

    internal required Uri TokenUri { get; init; }

    /// <summary>Client id and secret of a workforce pool's program; null for none.</summary>
    internal (string Id, string Secret)? Client { get; init; }

    /// <summary>The project that a workforce pool's user counts on; null for none.</summary>
    internal string? UserProject { get; init; }

    public async ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
            ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
            ["audience"] = Audience,
            ["scope"] = scope,
            ["subject_token_type"] = SubjectTokenType,
            ["subject_token"] = await subject.ReadAsync(cancellationToken).ConfigureAwait(false),
        };
        if (UserProject is { } project && Client is null)
            form["options"] = $$"""{"userProject":"{{System.Text.Json.JsonEncodedText.Encode(project)}}"}""";
        return await endpoint.RequestAsync(TokenUri, form, Client, Who, cancellationToken).ConfigureAwait(false);
    }
}
