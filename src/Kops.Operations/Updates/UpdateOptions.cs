using Kops.Model;

namespace Kops.Operations.Updates;

/// <summary>What an update may do that it does not do by itself.</summary>
public sealed record UpdateOptions
{
    /// <summary>Go on although a newer kOps updated the cluster last.</summary>
    public bool AllowKopsDowngrade { get; init; }

    /// <summary>Give nodes the new Kubernetes version although the control plane still has the old one.</summary>
    public bool IgnoreKubeletVersionSkew { get; init; }

    /// <summary>
    /// Go on although a minor version of Kubernetes is left out or taken back, or etcd's members become what they cannot become.
    /// </summary>
    public bool AllowUnsafeChanges { get; init; }

    /// <summary>The version of kOps whose programs and images machines use.</summary>
    public string Release { get; init; } = Versions.Kops;
}
