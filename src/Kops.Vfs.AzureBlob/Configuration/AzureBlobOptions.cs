using Azure.Core;
using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.AzureBlob.Configuration;

/// <summary>Where the Blob service is, and one user's access to it.</summary>
public sealed record AzureBlobOptions : NetworkOptions
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
    /// A sign-in to Microsoft Entra ID; null (with no <see cref="Key"/> and no <see cref="Sas"/>) for the chain of Azure tools:
    /// environment,
    /// workload identity, managed identity, Azure CLI and its relatives.
    /// </summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>Bytes of a block of a long object. What is not longer is written with one request.</summary>
    public int BlockSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>Blocks that are sent at the same time; with <see cref="BlockSize"/> this bounds the memory of an upload.</summary>
    public int ParallelBlocks { get; init; } = 4;
}
