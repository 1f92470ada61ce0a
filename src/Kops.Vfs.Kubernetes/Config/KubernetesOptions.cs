using Kops.Vfs.Rest.Network;

namespace Kops.Vfs.Kubernetes.Config;

/// <summary>
/// Where kubeconfigs and service accounts are found, and how clusters are asked. What a kubeconfig says of a proxy and of authorities
/// counts for its cluster.
/// </summary>
public sealed record KubernetesOptions : NetworkOptions
{
    /// <summary>The kubeconfig files, the first before the others; those that are not there are passed over.</summary>
    public IReadOnlyList<string> KubeconfigFiles { get; init; } = [];

    /// <summary>The API server as pods are told it (<c>KUBERNETES_SERVICE_HOST</c>); null outside of a cluster.</summary>
    public string? ServiceHost { get; init; }

    /// <summary>Its port (<c>KUBERNETES_SERVICE_PORT</c>).</summary>
    public string ServicePort { get; init; } = "443";

    /// <summary>Where pods find the token of their service account and the authority of the API server.</summary>
    public string ServiceAccountDirectory { get; init; } = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>Bytes of content in one Secret, at most the 1 MiB that a Secret can hold. What is longer is kept in several.</summary>
    public int PartSize { get; init; } = 1024 * 1024;

    /// <summary>Rows that a listing asks for at a time.</summary>
    public int PageSize { get; init; } = 500;
}
