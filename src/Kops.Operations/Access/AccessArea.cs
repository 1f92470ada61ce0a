using Kops.Api;

namespace Kops.Operations.Access;

/// <summary>The parts of a state store that rights are given on.</summary>
public enum AccessArea
{
    /// <summary>The buckets as such.</summary>
    Buckets,

    /// <summary>
    /// The cluster's objects, what is generated from them, its keys and secrets; all of the store when no cluster is named.
    /// </summary>
    Cluster,

    /// <summary>The records of changes and moves, <c>.kops/</c>.</summary>
    Records,

    /// <summary>Backups of etcd.</summary>
    Backups,

    /// <summary>The public documents of the service account issuer.</summary>
    Discovery,

    /// <summary>The lock of stores whose servers check no conditions.</summary>
    Lock,

    /// <summary>Where it is tried out that servers honour conditions.</summary>
    Probe,
}
