using Kops.Api;

namespace Kops.Cli.CommandLine;

/// <summary>Where the values of an argument or a flag come from, for completion.</summary>
internal enum ValueSource
{
    /// <summary>Nothing can be proposed.</summary>
    None,

    /// <summary>A file of the user's.</summary>
    File,

    /// <summary>A cluster of the store.</summary>
    Cluster,

    /// <summary>An instance group of the cluster.</summary>
    InstanceGroup,

    /// <summary>A keyset of the cluster.</summary>
    Keyset,

    /// <summary>A secret of the cluster.</summary>
    Secret,

    /// <summary>A recorded change.</summary>
    Change,

    /// <summary>A field of a cluster.</summary>
    ClusterField,

    /// <summary>A field of an instance group.</summary>
    InstanceGroupField,

    /// <summary>A zone of a cloud.</summary>
    Zone,
}
