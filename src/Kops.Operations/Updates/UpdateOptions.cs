using Kops.Model;
using Kops.Operations.Addons;

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

    /// <summary>
    /// Where the manifests of addons are made from; null where those that lie in the store are kept. An addon that it does not have is kept
    /// as well.
    /// </summary>
    public UserSource? AddonsSource { get; init; }

    /// <summary>
    /// Refuse to carry the update out while manifests of addons are missing: neither made nor in the store. The list of addons leaves them
    /// out otherwise.
    /// </summary>
    public bool RequiresAddons { get; init; }

    /// <summary>The version of kOps whose programs and images machines use.</summary>
    public string Release { get; init; } = Versions.Kops;
}
