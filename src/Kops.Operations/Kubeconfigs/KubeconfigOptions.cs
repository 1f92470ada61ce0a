namespace Kops.Operations.Kubeconfigs;

/// <summary>How a cluster is to be reached, and as whom.</summary>
public sealed record KubeconfigOptions
{
    /// <summary>The address of the API server; null for the one that the spec tells.</summary>
    public string? Server { get; init; }

    /// <summary>Whether the name inside of the cluster's network is used.</summary>
    public bool IsInternal { get; init; }

    /// <summary>How long a new credential of an administrator is valid; null makes none.</summary>
    public TimeSpan? AdminLifetime { get; init; }

    /// <summary>For whom that credential is, as certificates name them.</summary>
    public string Admin { get; init; } = string.Empty;
}
