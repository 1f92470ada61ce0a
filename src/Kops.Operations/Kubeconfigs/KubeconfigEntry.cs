using Kops.Api;

namespace Kops.Operations.Kubeconfigs;

/// <summary>What a kubeconfig says of a cluster.</summary>
/// <param name="Cluster">The cluster's name, and that of its context.</param>
/// <param name="Server">The address of the API server.</param>
/// <param name="ServerName">The name that the API server's certificate bears, whatever address it is reached at.</param>
/// <param name="Authorities">The certificates to trust (PEM); null trusts those of the machine.</param>
/// <param name="Certificate">The certificate of a new administrator (PEM); null for none.</param>
/// <param name="Key">Its private key (PEM): a secret.</param>
public sealed record KubeconfigEntry(
    string Cluster,
    string Server,
    string ServerName,
    ReadOnlyMemory<byte>? Authorities,
    ReadOnlyMemory<byte>? Certificate,
    ReadOnlyMemory<byte>? Key
);
