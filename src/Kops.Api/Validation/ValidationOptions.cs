namespace Kops.Api.Validation;

/// <summary>What a validation lets pass.</summary>
public sealed record ValidationOptions
{
    /// <summary>The strict default.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>Whether a Kubernetes version newer than the newest supported one passes (kOps' <c>KOPS_RUN_TOO_NEW_VERSION</c>).</summary>
    public bool AllowTooNewKubernetes { get; init; }

    /// <summary>
    /// Whether a control-plane group may lack its etcd members, and members their group: between the two steps in which one is added,
    /// whichever comes first. What is applied must have both.
    /// </summary>
    public bool AllowUnfinishedControlPlane { get; init; }
}
