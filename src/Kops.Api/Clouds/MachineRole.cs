namespace Kops.Api.Clouds;

/// <summary>What a machine is for; the names of kOps' instance group roles (v1alpha3).</summary>
public enum MachineRole
{
    /// <summary>Runs etcd and the control plane.</summary>
    ControlPlane,

    /// <summary>Runs just the API server.</summary>
    ApiServer,

    /// <summary>Runs workloads.</summary>
    Node,

    /// <summary>A door for SSH.</summary>
    Bastion,
}
