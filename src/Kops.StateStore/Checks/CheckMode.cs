namespace Kops.StateStore.Checks;

/// <summary>Whose rights are tried.</summary>
public enum CheckMode
{
    /// <summary>Those of somebody who looks.</summary>
    Read,

    /// <summary>Those of somebody who changes clusters.</summary>
    Write,

    /// <summary>Those of a cluster's control plane.</summary>
    Node,
}
