namespace Kops.Operations.Updates;

/// <summary>Who notices that a file changes.</summary>
public enum Noticed
{
    /// <summary>The machines of the control plane.</summary>
    ByControlPlane,

    /// <summary>The machines of an instance group of nodes.</summary>
    ByNodes,

    /// <summary>No machine: it is for people, and for the next update.</summary>
    ByNobody,
}
