using Kops.Vfs.Gcs.Configuration;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Gcs.Credentials;

/// <summary>
/// Application default credentials: the file that the user named, or else what gcloud left, or else the machine's own. Which it is is
/// found out when the first token is needed. Before all of them comes what the program gives itself.
/// </summary>
/// <param name="options">What is said of credentials.</param>
/// <param name="http">How servers of tokens are reached.</param>
/// <param name="keepGiven">How long a token of the program's own counts as valid.</param>
/// <param name="clock">The time.</param>
internal sealed class DefaultCredentials(GcsOptions options, HttpClient http, TimeSpan keepGiven, TimeProvider clock)
    : ITokenSource,
        IDisposable
{
    private readonly Lock _gate = new();
    private HttpClient? _link;
    private ITokenSource? _source;
    private string? _quotaProject;

    /// <summary>The project that requests count on, where the file says so; known after the first token.</summary>
    internal string? QuotaProject => options.QuotaProject ?? _quotaProject;

    public ValueTask<GoogleToken> FetchAsync(string scope, CancellationToken cancellationToken)
    {
        lock (_gate)
            _source ??= Find();
        return _source.FetchAsync(scope, cancellationToken);
    }

    public void Dispose() => _link?.Dispose();

    private ITokenSource Find()
    {
        if (options.AccessToken is { } give)
            return new GivenToken(give, keepGiven, clock);
        var file = options.CredentialsFile ?? (File.Exists(options.WellKnownFile) ? options.WellKnownFile : null);
        if (file is not null)
        {
            (var source, _quotaProject) = CredentialFile.Read(file, new TokenEndpoint(http, clock));
            return source;
        }

        // The metadata server is on this machine's own link: no proxy could reach it, and none should see its tokens.
        _link = StoreNetwork.Create(
            options with
            {
                HttpHandlers = null,
                UseProxy = false,
                ConnectTimeout = TimeSpan.FromSeconds(3),
            },
            clock
        );
        return new MetadataServer(options.MetadataHost, new TokenEndpoint(_link, clock), clock);
    }
}
