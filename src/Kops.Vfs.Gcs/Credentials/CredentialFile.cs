using System.Text.Json;
using Kops.Vfs.Rest.Reading;
using Kops.Vfs.Rest.Requests;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>Reads a file of credentials. Which kind it is, it says itself.</summary>
internal sealed class CredentialFile(string file, TokenEndpoint endpoint)
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    internal static (ITokenSource Source, string? QuotaProject) Read(string file, TokenEndpoint endpoint)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            return (new CredentialFile(file, endpoint).Create(root), root.Text("quota_project_id"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignInException(
                $"the file of credentials cannot be read ({e.Message}); check GOOGLE_APPLICATION_CREDENTIALS",
                isTransient: false,
                e
            );
        }
        catch (JsonException e)
        {
            // What the parser says of where it stopped may quote the file.
            throw new SignInException(
                $"{file} is not JSON (line {e.LineNumber + 1}); it should be a file of credentials as gcloud or the console writes it"
            );
        }
    }

    private ITokenSource Create(JsonElement root) =>
        root.Text("type") switch
        {
            "service_account" => new ServiceAccountKey(
                Require(root, "client_email"),
                root.Text("private_key_id") ?? string.Empty,
                Require(root, "private_key"),
                Address(root.Text("token_uri") ?? "https://oauth2.googleapis.com/token", "token_uri"),
                endpoint
            ),
            "authorized_user" => new RefreshToken(
                Require(root, "client_id"),
                Require(root, "client_secret"),
                Require(root, "refresh_token"),
                Address(root.Text("token_uri") ?? "https://oauth2.googleapis.com/token", "token_uri"),
                inHeader: false,
                endpoint
            ),
            "external_account_authorized_user" => new RefreshToken(
                Require(root, "client_id"),
                Require(root, "client_secret"),
                Require(root, "refresh_token"),
                Address(root.Text("token_url") ?? "https://sts.googleapis.com/v1/oauthtoken", "token_url"),
                inHeader: true,
                endpoint
            ),
            "external_account" => Impersonate(root, External(root)),
            "impersonated_service_account" => Impersonate(root, Create(root.Member("source_credentials"))),
            { } other => throw Wrong(
                $"credentials of type '{other}' are not known here; known are service_account, authorized_user, external_account, "
                    + "external_account_authorized_user and impersonated_service_account"
            ),
            null => throw Wrong("it does not say its type; it should be a file of credentials as gcloud or the console writes it"),
        };

    private ExternalAccount External(JsonElement root) =>
        new(Subject(root.Member("credential_source")), endpoint)
        {
            Audience = Require(root, "audience"),
            SubjectTokenType = Require(root, "subject_token_type"),
            TokenUri = Address(root.Text("token_url") ?? "https://sts.googleapis.com/v1/token", "token_url"),
            Client = root.Text("client_id") is { } id ? (id, root.Text("client_secret") ?? string.Empty) : null,
            UserProject = root.Text("workforce_pool_user_project"),
        };

    private SubjectToken Subject(JsonElement source)
    {
        var format = source.Member("format");
        var member = format.Text("type") is "json" ? Require(format, "subject_token_field_name") : null;
        if (source.Text("file") is { } path)
            return new SubjectToken(endpoint) { File = path, Member = member };
        if (source.Text("environment_id") is { } environment)
            throw Wrong(
                $"credential_source is '{environment}', which is not supported; use an OpenID token in a file, or a service account key"
            );
        if (source.Text("url") is not { } url)
            throw Wrong("credential_source names neither a file nor a url; programs and certificates are not supported as sources");
        var headers = source.Member("headers");
        return new SubjectToken(endpoint)
        {
            Address = Address(url, "credential_source.url"),
            Member = member,
            Headers =
                headers.ValueKind is JsonValueKind.Object
                    ? headers
                        .EnumerateObject()
                        .ToDictionary(header => header.Name, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)
                    : new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    private ITokenSource Impersonate(JsonElement root, ITokenSource source)
    {
        if (root.Text("service_account_impersonation_url") is not { } url)
            return root.Text("type") is "external_account" ? source : throw Wrong("it has no service_account_impersonation_url");
        var seconds = root.Member("service_account_impersonation").Member("token_lifetime_seconds");
        var delegates = root.Member("delegates");
        return new ImpersonatedAccount(
            source,
            Address(url, "service_account_impersonation_url"),
            delegates.ValueKind is JsonValueKind.Array ? [.. delegates.EnumerateArray().Select(name => name.ToString())] : [],
            seconds.ValueKind is JsonValueKind.Number ? TimeSpan.FromSeconds(seconds.GetInt32()) : DefaultLifetime,
            endpoint
        );
    }

    private string Require(JsonElement element, string name) => element.Text(name) ?? throw Wrong($"it has no {name}");

    private Uri Address(string text, string name) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri
            : throw Wrong($"{name} is not an address");

    private SignInException Wrong(string problem) => new($"the file of credentials {file} cannot be used: {problem}");
}
