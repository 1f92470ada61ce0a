using Kops.Api.Documents;

namespace Kops.Operations.Access;

/// <summary>Who asks for rights on a state store.</summary>
public enum AccessMode
{
    /// <summary>Somebody, or a job, that looks at clusters.</summary>
    Read,

    /// <summary>Somebody, or a job, that changes clusters.</summary>
    Write,

    /// <summary>The nodes of a cluster that read the store themselves: its control plane.</summary>
    Node,
}
