namespace Kops.Vfs.Network;

/// <summary>How a store's server is reached.</summary>
public sealed record NetworkOptions
{
    /// <summary>A file with PEM certificates of authorities that are trusted besides those of the system; null for none.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>The environment variables that name that file, for messages.</summary>
    public string CertificateAuthoritySource { get; init; } = string.Empty;

    /// <summary>Connections at a time to one host.</summary>
    public int MaxConnections { get; init; } = 64;

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may go without a byte in either direction.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the proxy that the environment names is used. Off for what is on this machine or its link.</summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>Puts something around the network, for tests; null for nothing.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler>? Wrap { get; init; }
}
