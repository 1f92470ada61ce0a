using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Credentials that act as a service account: IAM gives a token for the account to who may act as it.</summary>
internal sealed class ImpersonatedAccount(
    ITokenSource source,
    Uri address,
    IReadOnlyList<string> delegates,
    TimeSpan lifetime,
    TokenEndpoint endpoint
) : ITokenSource
{
    public async ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken)
    {
        var own = await source.FetchAsync(Scopes.CloudPlatform, cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Body(scope) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", own.Value);
        var answer = await endpoint.SendAsync(request, Who, cancellationToken).ConfigureAwait(false);
        if (answer.Text("accessToken") is not { } token)
            throw new SignInException($"{Who}: the answer held no access token", isTransient: true);
        var expires = DateTimeOffset.TryParse(
            answer.Text("expireTime"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : endpoint.Now + lifetime;
        return new GoogleToken(token, expires);
    }

    /// <summary>The account's name stands in the address: <c>.../serviceAccounts/NAME:generateAccessToken</c>.</summary>
    private string Who => "acting as " + Uri.UnescapeDataString(address.Segments[^1]).Split(':')[0];

    private ByteArrayContent Body(string scope)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("scope");
            json.WriteStringValue(scope);
            json.WriteEndArray();
            json.WriteString("lifetime", string.Create(CultureInfo.InvariantCulture, $"{lifetime.TotalSeconds:0}s"));
            if (delegates.Count > 0)
            {
                json.WriteStartArray("delegates");
                foreach (var name in delegates)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
