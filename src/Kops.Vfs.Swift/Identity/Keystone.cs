using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using Kops.Vfs.Rest.Requests;
using Kops.Vfs.Swift.Configuration;

namespace Kops.Vfs.Swift.Identity;

/// <summary>Signs in to Keystone, and finds the object store in its catalogue.</summary>
/// <remarks>Source: OpenStack Identity API v3, "Authentication and token management".</remarks>
internal sealed class Keystone(SwiftOptions options, HttpClient http)
{
    private readonly KeystoneSignIn _signIn = options.SignIn!;

    internal async ValueTask<SwiftToken> FetchAsync(CancellationToken cancellationToken)
    {
        // A token and an address need no Keystone.
        if (_signIn.Token is { } given && options.StorageUrl is { } address)
            return new SwiftToken(given.Reveal(), Trim(address), null);
        var uri = TokensUri(_signIn.AuthUrl!);
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(KeystoneRequest.Write(_signIn)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await SendAsync(request, uri, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is not HttpStatusCode.Created || !response.Headers.TryGetValues("X-Subject-Token", out var tokens))
            throw Refused(response, text, uri);
        try
        {
            using var document = JsonDocument.Parse(text);
            var token = document.RootElement.GetProperty("token");
            var expires =
                token.TryGetProperty("expires_at", out var end)
                && DateTimeOffset.TryParse(end.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                    ? time
                    : (DateTimeOffset?)null;
            return new SwiftToken(tokens.First(), options.StorageUrl is { } known ? Trim(known) : Catalogue.Find(token, options), expires);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new SignInException(
                $"the answer of {uri} is not what Keystone documents ({e.Message}); check OS_AUTH_URL",
                isTransient: true,
                cause: e,
                kind: StoreErrorKind.Unavailable
            );
        }
    }

    internal static Uri Trim(Uri uri) => new(uri.AbsoluteUri.TrimEnd('/'));

    /// <summary>The address where tokens are made, whether or not <c>/v3</c> was written.</summary>
    private static Uri TokensUri(Uri auth)
    {
        var text = auth.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (text.EndsWith("/auth/tokens", StringComparison.Ordinal))
            text = text[..^"/auth/tokens".Length];
        if (text.EndsWith("/v2.0", StringComparison.Ordinal))
            text = text[..^"/v2.0".Length];
        return new Uri(text.EndsWith("/v3", StringComparison.Ordinal) ? text + "/auth/tokens" : text + "/v3/auth/tokens");
    }

    private async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            var isUntrusted = e.InnerException is System.Security.Authentication.AuthenticationException;
            throw new SignInException(
                isUntrusted
                    ? $"the certificate of {uri.Authority} is not trusted ({e.InnerException!.Message}); name the authority's PEM file "
                        + $"in OS_CACERT"
                    : $"Keystone at {uri.GetLeftPart(UriPartial.Authority)} cannot be reached ({e.GetBaseException().Message}); check "
                        + $"OS_AUTH_URL and the network",
                isTransient: !isUntrusted,
                cause: e,
                kind: StoreErrorKind.Unavailable
            );
        }
    }

    private SignInException Refused(HttpResponseMessage response, string text, Uri uri)
    {
        var status = (int)response.StatusCode;
        var said = Said(text);
        var evidence = $" [HTTP {status} from {uri.Authority}{(said.Length > 0 ? ": " + said : string.Empty)}]";
        return status switch
        {
            < 300 or 400 or 401 or 403 or 405 or 412 when said.Length == 0 => new SignInException(
                $"what answers at {uri} is not Keystone; check OS_AUTH_URL" + evidence,
                kind: StoreErrorKind.InvalidArgument
            ),
            401 => new SignInException(Unauthorized() + evidence, kind: StoreErrorKind.Unauthenticated),
            403 => new SignInException(
                "Keystone does not allow this sign-in; the password may have expired, or the account be locked" + evidence,
                kind: StoreErrorKind.PermissionDenied
            ),
            404 => new SignInException(
                $"there is no Keystone v3 at {uri}; check OS_AUTH_URL" + evidence,
                kind: StoreErrorKind.InvalidArgument
            ),
            400 => new SignInException(
                $"Keystone does not understand the sign-in of {options.Source}; check user, project and their domains" + evidence,
                kind: StoreErrorKind.InvalidArgument
            ),
            429 or >= 500 => new SignInException(
                "Keystone failed; try again later" + evidence,
                isTransient: true,
                kind: StoreErrorKind.Unavailable
            ),
            _ => new SignInException("Keystone refused the sign-in" + evidence, kind: StoreErrorKind.Other),
        };
    }

    /// <summary>Keystone answers all wrong sign-ins alike, so all that can be wrong is named.</summary>
    private string Unauthorized()
    {
        if (_signIn.IsApplicationCredential)
            return $"Keystone does not accept the application credential "
                + $"'{_signIn.ApplicationCredentialId ?? _signIn.ApplicationCredentialName}' of {options.Source}: "
                + "it has been deleted, has expired, or its secret is another one; make a new one with 'openstack application "
                + "credential create'";
        if (_signIn.Token is not null)
            return $"Keystone does not accept the token of {options.Source}: it has expired or was revoked, or it is not of the project "
                + $"{Project}; get a new one with 'openstack token issue', or use a password";
        return $"Keystone does not accept the user '{_signIn.UserName ?? _signIn.UserId}' of {options.Source} in the project {Project}: "
            + "check OS_USERNAME, OS_PASSWORD and OS_USER_DOMAIN_NAME, that OS_PROJECT_NAME and OS_PROJECT_DOMAIN_NAME name the "
            + "project, and that the user has a role in it";
    }

    private string Project => (_signIn.ProjectName ?? _signIn.ProjectId) is { } project ? $"'{project}'" : "that was not named";

    private static string Said(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("message", out var message)
                ? message.GetString() ?? string.Empty
                : string.Empty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return string.Empty;
        }
    }
}
