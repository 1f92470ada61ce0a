namespace Kops.Build;

/// <summary>What a file of a cluster is for. Where it lies says the layout of the store.</summary>
public enum FileRole
{
    /// <summary>The cluster with everything filled in.</summary>
    CompletedSpec,

    /// <summary>The version of kOps that updated the cluster last.</summary>
    KopsVersion,

    /// <summary>What the machines of an instance group boot from; named by role and group, <c>node/nodes</c>.</summary>
    NodeConfig,

    /// <summary>What a machine that Karpenter makes runs first; named as its group's <see cref="NodeConfig"/>.</summary>
    NodeScript,

    /// <summary>The pod that runs a member of etcd; named by etcd and instance group, <c>main-control-plane-a</c>.</summary>
    EtcdManifest,

    /// <summary>What etcd-manager shall bring an etcd to; named by the etcd.</summary>
    EtcdTarget,

    /// <summary>A container that is merged into a pod of the control plane; named by what it is.</summary>
    StaticManifest,

    /// <summary>The pod that applies addons.</summary>
    ChannelsManifest,

    /// <summary>The list of addons.</summary>
    BootstrapChannel,

    /// <summary>The manifest of an addon; named by its place below <c>addons/</c>.</summary>
    AddonManifest,

    /// <summary>Where the issuer of service accounts has its keys.</summary>
    IssuerConfiguration,

    /// <summary>The issuer's public keys.</summary>
    IssuerKeys,
}
