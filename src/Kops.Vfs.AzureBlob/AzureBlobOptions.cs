using Azure.Core;
using Kops.Vfs.Network;

namespace Kops.Vfs.AzureBlob;

/// <summary>Where the Blob service is, and one user's access to it.</summary>
public sealed record AzureBlobOptions
{
    /// <summary>
    /// The address of the service; null for Azure's public cloud. It may name the account, as its first label or (with an IP address or
    /// <c>localhost</c>) as its path; otherwise the account is put there.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>A key of the account, in place of a sign-in.</summary>
    public AzureSharedKey? Key { get; init; }

    /// <summary>A shared access signature, in place of a sign-in.</summary>
    public AzureSas? Sas { get; init; }

    /// <summary>
    /// A sign-in to Microsoft Entra ID; null (with no <see cref="Key"/> and no <see cref="Sas"/>) for the chain of Azure tools: environment,
    /// workload identity, managed identity, Azure CLI and its relatives.
    /// </summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>A file with PEM certificates of authorities that are trusted besides those of the system; null for none.</summary>
    public string? CertificateAuthorityFile { get; init; }

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

    /// <summary>The wait before the second try; it doubles with each, up to 5 seconds, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Bytes of a block of a long object. What is not longer is written with one request.</summary>
    public int BlockSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>Blocks that are sent at the same time; with <see cref="BlockSize"/> this bounds the memory of an upload.</summary>
    public int ParallelBlocks { get; init; } = 4;

    /// <summary>Puts something around the network, for tests.</summary>
    internal Func<HttpMessageHandler, HttpMessageHandler>? WrapNetwork { get; init; }

    internal NetworkOptions Network => new()
    {
        CertificateAuthorityFile = CertificateAuthorityFile,
        CertificateAuthoritySource = "KOPS_AZURE_CA_FILE",
        MaxConnections = MaxConnections,
        ConnectTimeout = ConnectTimeout,
        IdleTimeout = IdleTimeout,
        Wrap = WrapNetwork,
    };
}
