using System.Security.Cryptography.X509Certificates;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>An API server and the access to it.</summary>
internal sealed class ClusterAccess
{
    /// <summary>The API server.</summary>
    internal required Uri Server { get; init; }

    /// <summary>What says so, for messages: <c>context 'x'</c>, <c>the service account of this pod</c>.</summary>
    internal required string Source { get; init; }

    /// <summary>Who asks.</summary>
    internal required ICredentialSource Credentials { get; init; }

    /// <summary>The authorities that are trusted, in place of the system's; null for those.</summary>
    internal X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Whether any certificate of the server will do.</summary>
    internal bool Insecure { get; init; }

    /// <summary>The name that the server's certificate must have; null for the host's.</summary>
    internal string? ServerName { get; init; }

    /// <summary>The proxy; null for what the environment says.</summary>
    internal Uri? Proxy { get; init; }

    /// <summary>Headers that ask to act as somebody else.</summary>
    internal IReadOnlyList<(string Name, string Value)> Impersonation { get; init; } = [];
}
