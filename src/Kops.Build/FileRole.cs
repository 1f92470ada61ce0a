namespace Kops.Build;

/// <summary>What a file of a cluster is for. Where it lies says the layout of the store.</summary>
public enum FileRole
{
    /// <summary>The cluster with everything filled in.</summary>
    CompletedSpec,

    /// <summary>The version of kOps that updated the cluster last.</summary>
    KopsVersion,
}
