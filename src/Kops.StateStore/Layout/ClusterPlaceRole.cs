namespace Kops.StateStore.Layout;

/// <summary>What a cluster keeps at one of its places.</summary>
public enum ClusterPlaceRole
{
    /// <summary>The objects themselves, in the state store.</summary>
    Registry,

    /// <summary>What <c>update cluster</c> generates.</summary>
    ConfigBase,

    /// <summary>Keysets and SSH keys.</summary>
    KeyStore,

    /// <summary>Secrets.</summary>
    SecretStore,

    /// <summary>The backups of one etcd cluster.</summary>
    Backups,

    /// <summary>The public documents of the service account issuer.</summary>
    Discovery,
}
