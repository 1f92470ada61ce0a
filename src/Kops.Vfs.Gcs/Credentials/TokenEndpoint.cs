using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Talks to servers that give tokens, and explains what they say when they give none.</summary>
internal sealed class TokenEndpoint(HttpClient http, TimeProvider clock)
{
    private const int MaxAnswerBytes = 1 << 20;

    internal DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Asks for a token with a form, as OAuth does (RFC 6749).</summary>
    /// <param name="uri">The token endpoint.</param>
    /// <param name="form">The form.</param>
    /// <param name="basic">Client id and secret for the Authorization header; null for none.</param>
    /// <param name="who">Whose credentials these are, for messages.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    internal async ValueTask<GoogleToken> RequestAsync(
        Uri uri,
        IReadOnlyDictionary<string, string> form,
        (string Id, string Secret)? basic,
        string who,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new FormUrlEncodedContent(form) };
        if (basic is var (id, secret))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"))
            );
        }

        return ReadToken(await SendAsync(request, who, cancellationToken).ConfigureAwait(false), who);
    }

    /// <summary>Sends a request and gives its answer, which must be JSON.</summary>
    internal async ValueTask<JsonElement> SendAsync(HttpRequestMessage request, string who, CancellationToken cancellationToken)
    {
        var text = await SendForTextAsync(request, who, cancellationToken).ConfigureAwait(false);
        return Parse(text)
            ?? throw new SignInException(
                $"{who}: {request.RequestUri!.Host} did not answer with JSON; check the address in the credentials",
                true
            );
    }

    /// <summary>Sends a request and gives its answer.</summary>
    internal async ValueTask<string> SendForTextAsync(HttpRequestMessage request, string who, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            if (response.Content.Headers.ContentLength > MaxAnswerBytes)
                throw new SignInException($"{who}: the answer of {request.RequestUri!.Host} is too long");
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? text : throw Refusal(response.StatusCode, text, request.RequestUri!.Host, who);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new SignInException(
                $"{who}: no answer from {request.RequestUri!.Authority} ({e.GetBaseException().Message}); check the network and the proxy",
                true,
                e
            );
        }
    }

    internal GoogleToken ReadToken(JsonElement answer, string who)
    {
        if (answer.Text("access_token") is not { } token)
            throw new SignInException($"{who}: the answer held no access token", true);
        var seconds = answer.TryGetProperty("expires_in", out var value) && value.TryGetInt32(out var known) ? known : 3600;
        return new GoogleToken(token, Now.AddSeconds(seconds));
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SignInException Refusal(HttpStatusCode status, string text, string host, string who)
    {
        // OAuth says {"error": "code", "error_description": "..."}; Google's other APIs say {"error": {"status": "...", "message": "..."}}.
        var answer = Parse(text) ?? default;
        var error = answer.Member("error");
        var code = error.ValueKind is JsonValueKind.String ? error.GetString()! : error.Text("status") ?? string.Empty;
        var said = error.Text("message") ?? answer.Text("error_description") ?? string.Empty;
        var evidence = $" [{(code.Length > 0 ? code + ", " : string.Empty)}HTTP {(int)status} from {host}]";
        var transient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
        return new SignInException($"{who}: {Cure(code, said, transient)}{evidence}", transient);
    }

    private static string Cure(string code, string said, bool transient)
    {
        if (transient)
            return "the token server failed; try again later";
        if (said.Contains("reasonable timeframe", StringComparison.Ordinal))
            return $"the token request was refused ({said}); this machine's clock may be wrong: correct it (NTP)";
        return code switch
        {
            "invalid_grant" when said.Contains("signature", StringComparison.OrdinalIgnoreCase) =>
                $"the key was refused ({said}); it has been deleted or replaced: make a new key for the account",
            "invalid_grant" =>
                $"the credentials are no longer valid ({Or(said, code)}); run 'gcloud auth application-default login', or make a new key",
            "invalid_rapt" => "the organisation wants a new sign-in; run 'gcloud auth application-default login'",
            "invalid_client" or "unauthorized_client" =>
                $"the client is not known ({Or(said, code)}); run 'gcloud auth application-default login', or check client_id",
            "PERMISSION_DENIED" =>
                $"permission denied ({Or(said, code)}); grant roles/iam.serviceAccountTokenCreator on the account to who acts as it",
            "invalid_target" or "invalid_request" =>
                $"the identity was refused ({Or(said, code)}); check audience, subject_token_type and the pool's provider",
            _ => $"no token was given ({Or(said, Or(code, "no reason given"))}); check the credentials",
        };
    }

    private static string Or(string text, string other) => text.Length > 0 ? text : other;
}
