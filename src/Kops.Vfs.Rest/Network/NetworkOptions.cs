namespace Kops.Vfs.Rest.Network;

/// <summary>
/// How a store's server is reached, and for how long it is tried: the part that the options of all drivers over a network share.
/// </summary>
public record NetworkOptions
{
    /// <summary>A file with PEM certificates of authorities that are trusted besides those of the system; null for none.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Who named that file, for messages: a variable, or a line of a configuration file.</summary>
    public string CertificateAuthoritySource { get; init; } = string.Empty;

    /// <summary>
    /// Whether any certificate is accepted, because the user asked for it. Anybody on the way can then read and change all.
    /// </summary>
    public bool AcceptAnyCertificate { get; init; }

    /// <summary>The proxy; null for the one that the environment names (<c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>NO_PROXY</c>).</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether a proxy is used at all. Off for what is on this machine or its link.</summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>Connections at a time to one host.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may go without a byte in either direction.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is sent again at most, after the first time.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>How long a request is tried in all; no new try begins later.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait before the second try; it doubles with each, up to <see cref="MaxRetryDelay"/>, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait between two tries that the server did not ask for.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait that a server may ask for (<c>Retry-After</c>).</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Gives the handler that a request goes through, such as <c>IHttpMessageHandlerFactory.CreateHandler</c> of a host; null for
    /// connections of the store's own. It is asked for each request, and what it gives is not closed here. Proxy, authorities and limits of
    /// connections are then that handler's, and what it does by itself (sends again, follows a redirect) nobody counts. Give the same
    /// delegate for all paths of a store: another one is another way to reach it.
    /// </summary>
    public Func<HttpMessageHandler>? HttpHandlers { get; init; }

    /// <summary>Sets what only one store needs, such as a certificate of the client; null for nothing.</summary>
    public Action<SocketsHttpHandler>? Configure { get; init; }

    /// <summary>Puts something around the network, for tests; null for nothing.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? WrapNetwork { get; init; }
}
