namespace Kops.Build.Nodes;

/// <summary>Where machines that may not read the state store get their configuration: kops-controller.</summary>
/// <param name="CertificateAuthorities">The certificates that it is trusted by, as PEM.</param>
/// <param name="Servers">Its addresses.</param>
public sealed record ConfigServer(string CertificateAuthorities, IReadOnlyList<string> Servers)
{
    /// <summary>The name that its certificate bears, where it is reached by its IP addresses; null otherwise.</summary>
    public string? TlsServerName { get; init; }
}
